import { Forecast } from "./author.js";

/**
 * What a forecast means to the author of a form: that the card cannot be shortened, where the floor is within 3 % of asking everything, or what is saved, which question is
 * needed least often and which settles most. `locale` `zh…` is Chinese, everything else English; `field` says what a question is called.
 */
export function adviceText(forecast: Forecast, style?: { locale?: string; field?: (name: string) => string }): string;
