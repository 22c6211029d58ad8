import { decode, encode } from "cborg";

import type { Office } from "./office.ts";

/** An operation as the office's log holds it, with its verdict. */
export interface Logged {
  seq: number;
  id: string;
  author: string;
  device: string;
  number: number;
  /** What became of each part: `applied`, `conflict`, `held`, ... */
  outcomes: string[];
  /** Values of the parts' changes, as stored. */
  values: unknown[];
  envelope: Envelope;
}

export interface Envelope {
  key: string;
  body: string;
  mac: string;
}

interface DemoPerson {
  person: string;
  username: string;
  password: string;
  label: string;
}

interface Operation {
  id: Uint8Array;
  author: Uint8Array;
  device: Uint8Array;
  number: number;
  parts: { changes: { value: unknown }[] }[];
}

function uuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Another program that talks to the office: it reads the log and pushes
 * hand-made batches over the same JSON interface that everybody may use.
 */
export class Inspector {
  readonly #office: Office;
  #cookies = "";
  #me: { person: string; device: string; office: string } | undefined;

  private constructor(office: Office) {
    this.#office = office;
  }

  /** Signs in as the demo person whose button carries this label. */
  static async open(office: Office, label: RegExp): Promise<Inspector> {
    const inspector = new Inspector(office);
    const state = (await inspector.#post("/api/fn/first_run_state", {})) as { people: DemoPerson[] };
    const person = state.people.find((candidate) => label.test(candidate.label));
    if (!person) throw new Error(`no demo person ${label} among ${state.people.map((p) => p.label).join(", ")}`);
    const { username, password } = person;
    inspector.#me = (await inspector.#post("/api/fn/sign_in", { username, password, device: null })) as never;
    return inspector;
  }

  get device(): string {
    return this.#me?.device ?? "";
  }

  async log(): Promise<Logged[]> {
    const logged: Logged[] = [];
    let cursor = { office: this.#me?.office, seq: 0, hash: Buffer.alloc(32).toString("base64") };
    for (;;) {
      const page = (await this.#post("/api/v1/pull", { device: this.device, cursors: [cursor], depth: 0 })) as {
        entries: { seq: number; hash: string; envelope?: Envelope; verdict: string }[];
        newest: number;
      };
      for (const entry of page.entries) {
        cursor = { ...cursor, seq: entry.seq, hash: entry.hash };
        if (entry.envelope) logged.push(read(entry.seq, entry.envelope, verdict(entry.verdict).parts));
      }
      if (page.entries.length === 0 || cursor.seq >= page.newest) return logged;
    }
  }

  /** Pushes envelopes as this person's own program; answers each one's outcomes. */
  async push(envelopes: Envelope[]): Promise<string[][]> {
    const answer = (await this.#post("/api/v1/push", { device: this.device, envelopes, cursors: [], depth: 0 })) as {
      receipts: { verdict: { parts: { outcome: string }[] } }[];
    };
    return answer.receipts.map((receipt) => receipt.verdict.parts.map((part) => part.outcome));
  }

  /** The id of the demo person whose button carries this label. */
  async personOf(label: RegExp): Promise<string> {
    const state = (await this.#post("/api/fn/first_run_state", {})) as { people: DemoPerson[] };
    return state.people.find((candidate) => label.test(candidate.label))?.person ?? "";
  }

  /** Status, headers and bytes of a file of evidence. */
  async file(sha256: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const answer = await fetch(`${this.#office.address}/api/v1/files/${sha256}`, {
      headers: { cookie: this.#cookies },
    });
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  /** Calls a server function as this person. */
  async call(name: string, body: object): Promise<unknown> {
    return this.#post(`/api/fn/${name}`, body);
  }

  get person(): string {
    return this.#me?.person ?? "";
  }

  async #post(path: string, body: object): Promise<unknown> {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      accept: "application/json",
      origin: this.#office.address,
      cookie: this.#cookies,
    };
    if (this.#me) headers["x-takar-person"] = this.#me.person;
    const answer = await fetch(this.#office.address + path, { method: "POST", headers, body: JSON.stringify(body) });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    if (cookies.length > 0) this.#cookies = cookies.join("; ");
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}

/** A verdict travels in the log as the bytes that the chain hashes. */
function verdict(bytes: string): { parts: { outcome: string }[] } {
  return decode(Buffer.from(bytes, "base64")) as { parts: { outcome: string }[] };
}

function read(seq: number, envelope: Envelope, parts: { outcome: string }[]): Logged {
  const operation = decode(Buffer.from(envelope.body, "base64")) as Operation;
  return {
    seq,
    id: uuid(operation.id),
    author: uuid(operation.author),
    device: uuid(operation.device),
    number: operation.number,
    outcomes: parts.map((part) => part.outcome),
    values: operation.parts.flatMap((part) => part.changes.map((change) => change.value)),
    envelope,
  };
}

/** The same act under a new id, as somebody would forge it: the old MAC no longer fits. */
export function forge({ envelope }: Logged): Envelope {
  const operation = decode(Buffer.from(envelope.body, "base64")) as Operation;
  const id = Uint8Array.from(operation.id);
  id[15] ^= 0xff;
  const body = encode({ ...operation, id, number: operation.number + 1 });
  return { ...envelope, body: Buffer.from(body).toString("base64") };
}
