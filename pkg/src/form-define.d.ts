// Defines <leadgate-form> with the page's engine, which is fetched when the first program is.

export {};
