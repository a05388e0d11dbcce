// What workerd and its bundler know: modules that are no JavaScript, and workerd's own.

declare module "cloudflare:workers" {
  export class DurableObject {
    constructor(context: unknown, env: unknown);
    ctx: {
      storage: {
        get(key: string): Promise<any>;
        put(entries: Record<string, unknown>): Promise<void>;
        delete(keys: string[]): Promise<number>;
        list(options: { start: string; limit: number }): Promise<Map<string, any>>;
      };
    };
    env: any;
  }
}

declare module "*.bin" {
  const bytes: ArrayBuffer;
  export default bytes;
}

declare module "*.sql" {
  const text: string;
  export default text;
}

declare module "*.txt" {
  const text: string;
  export default text;
}
