// A list that grows page by page along the service's cursors.
import { signal } from "@preact/signals";

export interface Page<T> {
  items: T[];
  next: string | null | undefined;
}

export type PagesState = "ready" | "loading" | "failed" | "complete";

export class Pages<T> {
  readonly items = signal<T[]>([]);
  readonly state = signal<PagesState>("ready");
  readonly error = signal<unknown>(undefined);
  /** How many pages were read. */
  readonly read = signal(0);
  #ids = new Set<string>();
  #cursor: string | undefined;

  constructor(
    private readonly load: (cursor: string | undefined) => Promise<Page<T>>,
    private readonly id: (item: T) => string,
  ) {}

  /** Loads the next page; does nothing while one is under way or after the last. */
  async more(): Promise<void> {
    if (this.state.peek() === "loading" || this.state.peek() === "complete") return;
    this.state.value = "loading";
    try {
      this.#append(await this.load(this.#cursor));
    } catch (error) {
      this.error.value = error;
      this.state.value = "failed";
    }
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  prepend(items: T[]): void {
    this.items.value = [...this.#unseen(items), ...this.items.peek()];
  }

  remove(id: string): void {
    this.items.value = this.items.peek().filter((item) => this.id(item) !== id);
  }

  /** Begins anew with a first page that was just read. */
  restart(first: Page<T>): void {
    this.#ids.clear();
    this.items.value = [];
    this.read.value = 0;
    this.#append(first);
  }

  #append(page: Page<T>): void {
    this.items.value = [...this.items.peek(), ...this.#unseen(page.items)];
    this.read.value += 1;
    this.#cursor = page.next ?? undefined;
    this.state.value = this.#cursor ? "ready" : "complete";
  }

  // Pages may overlap when something new arrives between two of them.
  #unseen(items: T[]): T[] {
    const unseen = items.filter((item) => !this.#ids.has(this.id(item)));
    for (const item of unseen) this.#ids.add(this.id(item));
    return unseen;
  }
}
