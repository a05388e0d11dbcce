/** The name of the document among the files. */
export declare const main: string;

/** The text of each file by its path in the policy's folder: the document, the lists it refers to, its README. */
export declare const files: Readonly<Record<string, string>>;
