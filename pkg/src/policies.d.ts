/** A policy that comes with the package. */
export interface ShippedPolicy {
  /** Its folder, and the `policy` of its document. */
  readonly name: string;
  /** Its title by language: `en`, `zh`. */
  readonly title: Readonly<Record<"en" | "zh", string>>;
  /** What it decides, a sentence by language: `en`, `zh`. */
  readonly about: Readonly<Record<"en" | "zh", string>>;
  /**
   * Its files, loaded when they are asked for. `leadgate/policies/NAME` is the same module.
   * @example
   * const { main, files } = await policies.find(({ name }) => name === "saas-inbound")!.open();
   * const { program } = compile(main, files);
   */
  open(): Promise<typeof import("./policy-files.js")>;
}

/** The policies that come with the package, by name. `npx leadgate init NAME` copies one. */
export declare const policies: readonly ShippedPolicy[];
