// What the form and the edge that takes it call alike.

/** What a form post says for "prefer not to say". No choice can have this id. */
export const DECLINED = "~declined";
