import net, { type AddressInfo, type Socket } from "node:net";

const PORTAL =
  "<!doctype html><html><head><title>Wi-Fi Gratis</title></head>" +
  "<body><h1>Selamat datang. Silakan masuk ke jaringan.</h1></body></html>";

interface Watch {
  path: string;
  /** What happens to the request; `keep` passes it on, `hold` its answer later, `by-turns` is `cutEvery`. */
  act: "die" | "lose-answer" | "by-turns" | "keep" | "hold";
  seen: () => void;
  released?: Promise<void>;
  once: boolean;
}

/**
 * The wire between one device and the office: a TCP proxy that can be cut, can
 * lose an answer after the office has acted, and can turn into a captive
 * portal. Unlike a browser's own "offline" it also ends open event streams and
 * reaches what the service worker fetches.
 */
export class Wire {
  #server: net.Server;
  #sockets = new Set<Socket>();
  #state: "open" | "cut" | "portal" = "open";
  #watches: Watch[] = [];
  #target: () => number;
  #sent = new Map<string, number>();
  /** Requests that `cutEvery` has cut. */
  cuts = 0;

  private constructor(target: () => number) {
    this.#target = target;
    this.#server = net.createServer((socket) => this.#accept(socket));
  }

  static async open(target: () => number): Promise<Wire> {
    const wire = new Wire(target);
    await new Promise<void>((resolve) => wire.#server.listen(0, "127.0.0.1", resolve));
    return wire;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** No signal: every connection dies and none is accepted. */
  cut(): void {
    this.#state = "cut";
    this.#drop();
  }

  restore(): void {
    this.#state = "open";
    this.#watches = this.#watches.filter((watch) => watch.act !== "die" && watch.act !== "by-turns");
    this.#drop();
  }

  /** Every request is answered by somebody else: 200 and a foreign page. */
  captivePortal(): void {
    this.#state = "portal";
    this.#drop();
  }

  /** Requests whose path starts so die on the way, until `restore`. */
  block(path: string): void {
    this.#watches.push({ path, act: "die", seen: () => {}, once: false });
  }

  /**
   * Every request whose path starts so is cut until `restore`, by turns with its
   * answer lost and in the middle of its body.
   */
  cutEvery(path: string): void {
    this.#watches.push({ path, act: "by-turns", seen: () => {}, once: false });
  }

  /** Bytes that the device sent in requests whose path starts so, heads and repeats included. */
  sent(path: string): number {
    const paths = [...this.#sent].filter(([to]) => to.startsWith(path));
    return paths.reduce((sum, [, bytes]) => sum + bytes, 0);
  }

  /** The next such request reaches the office, its answer never arrives. */
  loseAnswer(path: string): Promise<void> {
    return new Promise((seen) => this.#watches.push({ path, act: "lose-answer", seen, once: true }));
  }

  /** Resolves when such a request has been passed on. */
  request(path: string): Promise<void> {
    return new Promise((seen) => this.#watches.push({ path, act: "keep", seen, once: true }));
  }

  /** The next such request reaches the office, its answer waits until `release`. */
  hold(path: string): { seen: Promise<void>; release: () => void } {
    let release = () => {};
    const released = new Promise<void>((done) => (release = done));
    const seen = new Promise<void>((seen) => this.#watches.push({ path, act: "hold", seen, once: true, released }));
    return { seen, release };
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #accept(device: Socket): void {
    this.#sockets.add(device);
    device.on("close", () => this.#sockets.delete(device));
    device.on("error", () => device.destroy());
    if (this.#state === "cut") device.resetAndDestroy();
    else if (this.#state === "portal") this.#answerAsPortal(device);
    else this.#carry(device);
  }

  #answerAsPortal(device: Socket): void {
    device.on("data", () => {
      const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${PORTAL.length}\r\nConnection: close\r\n\r\n`;
      device.end(head + PORTAL);
    });
  }

  #carry(device: Socket): void {
    const office = net.connect(this.#target(), "127.0.0.1");
    let lost: (() => void) | undefined;
    let released: Promise<void> | undefined;
    let path = "";
    /** Bytes that still pass, if this request is cut in its middle. */
    let left = Infinity;
    office.on("error", () => device.resetAndDestroy());
    office.on("close", () => device.destroy());
    device.on("close", () => office.destroy());
    device.on("data", (chunk) => {
      const head = chunk.toString("latin1", 0, 2048);
      path = pathOf(head) ?? path;
      this.#sent.set(path, (this.#sent.get(path) ?? 0) + chunk.length);
      const watch = this.#watchFor(head);
      if (watch?.act === "die") return void device.resetAndDestroy();
      const turn = watch?.act === "by-turns" ? this.cuts++ % 2 : undefined;
      if (watch?.act === "lose-answer" || turn === 0) lost = watch?.seen;
      if (turn === 1) left = middle(head);
      if (chunk.length >= left) return void office.end(chunk.subarray(0, left), () => device.resetAndDestroy());
      left -= chunk.length;
      office.write(chunk);
      if (watch?.act === "hold") released = watch.released;
      if (watch?.act === "keep" || watch?.act === "hold") watch.seen();
    });
    office.on("data", (chunk) => {
      if (released) return void released.then(() => device.write(chunk));
      if (!lost) return void device.write(chunk);
      device.resetAndDestroy();
      lost();
    });
  }

  /** A browser sends a request's head at the start of a segment, one at a time. */
  #watchFor(head: string): Watch | undefined {
    const path = pathOf(head);
    const watch = path && this.#watches.find((candidate) => path.startsWith(candidate.path));
    if (!watch) return undefined;
    if (watch.once) this.#watches.splice(this.#watches.indexOf(watch), 1);
    return watch;
  }
}

function pathOf(head: string): string | undefined {
  return /^[A-Z]+ (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1];
}

/** Length of a request's head and half of its body. */
function middle(head: string): number {
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  return head.indexOf("\r\n\r\n") + 4 + Math.floor(length / 2);
}
