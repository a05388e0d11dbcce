/** The kinds of click ids that advertising systems put on links: the parameter's name. */
export type ClickId = "gclid" | "gbraid" | "wbraid" | "dclid" | "msclkid" | "fbclid" | "ttclid" | "twclid" | "li_fat_id" | "yclid" | "bd_vid" | "qhclickid" | "qz_gdt" | "gdt_vid" | "clickid";

/**
 * Where a visit came from, as fields of a lead: those of the policy `channel`. What is not known is not there.
 * Each text has at most 500 code points; what is longer is cut off.
 */
export interface Visit {
  utm_source?: string;
  utm_medium?: string;
  utm_campaign?: string;
  utm_content?: string;
  utm_term?: string;
  /** Baidu Tongji's media source, medium, plan, unit and keyword. */
  hmsr?: string;
  hmmd?: string;
  hmpl?: string;
  hmcu?: string;
  hmkw?: string;
  /** Which kind of click id the address has; the id itself stays where it is. */
  click_id?: ClickId;
  /** The site before this one, in lower case; none where that is this site itself. */
  referrer_host?: string;
  /** What was searched for, where a search engine says so. */
  referrer_term?: string;
  landing_path?: string;
}

/**
 * Reads where a visit came from. It depends on nothing but its arguments and never throws: what is no address says nothing.
 *
 * Names of parameters may be in any case; of a repeated one the first that is not empty counts. What is encoded as anything but UTF-8 stays as it is written.
 *
 * @param url the address of the landing page, with its parameters: `location.href`
 * @param referrer `document.referrer`
 * @example
 * const visit = visitOf(location.href, document.referrer);      // { utm_source: "baidu", click_id: "bd_vid", landing_path: "/" }
 * policy.decide({ ...visit, seats: 120 });
 */
export function visitOf(url: string | URL, referrer?: string | URL | null): Visit;
