import { chromium, expect, type BrowserContext, type ConsoleMessage, type Locator, type Page } from "@playwright/test";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { killBrowser } from "./processes.ts";
import { Wire } from "./wire.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const UNTRUSTED = "The Cross-Origin-Opener-Policy header has been ignored, because the URL's origin was untrustworthy.";

export interface DeviceOptions {
  /** 360 x 640 with touch, instead of a laptop. */
  phone?: boolean;
  dark?: boolean;
  /** Runs in every page before the app. */
  script?: () => void;
  /** Reaches the office by this name over plain http, as in an office without a certificate. */
  plainName?: string;
}

/** A device: a browser profile that outlives its browser, behind its own wire. */
export class Device {
  readonly name: string;
  readonly wire: Wire;
  /** What no journey may cause: policy violations, console errors, exceptions. */
  readonly faults: string[] = [];
  page!: Page;
  context!: BrowserContext;
  readonly #profile: string;
  readonly #options: DeviceOptions;

  private constructor(name: string, wire: Wire, profile: string, options: DeviceOptions) {
    this.name = name;
    this.wire = wire;
    this.#profile = profile;
    this.#options = options;
  }

  static async open(name: string, officePort: () => number, options: DeviceOptions = {}): Promise<Device> {
    const profile = await mkdtemp(path.join(os.tmpdir(), `takar-${name}-`));
    const device = new Device(name, await Wire.open(officePort), profile, options);
    await device.start();
    return device;
  }

  get address(): string {
    return `http://${this.#options.plainName ?? "127.0.0.1"}:${this.wire.port}`;
  }

  /** The sync state that every screen shows. */
  get status(): Locator {
    return this.page.locator('[role="status"][data-state]');
  }

  /** Starts the browser on the profile as it is. */
  async start(): Promise<void> {
    const { plainName } = this.#options;
    this.context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: process.env.TAKAR_CHROMIUM ?? "/usr/bin/chromium",
      args: plainName ? [...ARGS, `--host-resolver-rules=MAP ${plainName} 127.0.0.1`] : ARGS,
      viewport: this.#options.phone ? { width: 360, height: 640 } : { width: 1280, height: 800 },
      hasTouch: this.#options.phone ?? false,
      colorScheme: this.#options.dark ? "dark" : "light",
      locale: "id-ID",
      timezoneId: "Asia/Jakarta",
      baseURL: this.address,
    });
    this.context.on("page", (page) => this.#watch(page));
    await this.context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`securitypolicyviolation ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    if (this.#options.script) await this.context.addInitScript(this.#options.script);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.#watch(this.page);
  }

  #watch(page: Page): void {
    page.on("pageerror", (error) => this.faults.push(`exception: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() !== "error" || isMissingNetwork(message)) return;
      // Over plain http the browser tells that it ignores one header of the office.
      if (this.#options.plainName && message.text().startsWith(UNTRUSTED)) return;
      this.faults.push(`console: ${message.text()}`);
    });
  }

  async goto(route: string): Promise<void> {
    await this.page.goto(route);
  }

  /** SIGKILL of the browser and all its processes. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.context.once("close", resolve));
    await killBrowser(this.#profile);
    await closed;
  }

  /** Closes the browser as a person does, and opens it again. */
  async restart(): Promise<void> {
    await this.context.close();
    await this.start();
  }

  /** Sets the device's own clock, `2026-01-09T10:30` in WIB, until its browser is opened again. */
  async setClock(time: string): Promise<void> {
    await this.context.clock.setFixedTime(new Date(`${time}:00+07:00`));
  }

  /** After this the app starts without a connection. */
  async waitUntilInstalled(): Promise<void> {
    await this.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  }

  async expectState(state: string | RegExp): Promise<void> {
    await expect(this.status, `${this.name}: sync state`).toHaveAttribute("data-state", state);
  }

  async close(): Promise<void> {
    await this.context.close().catch(() => undefined);
    await killBrowser(this.#profile);
    await this.wire.close();
    await rm(this.#profile, { recursive: true, force: true });
  }
}

/** The browser itself reports every failed request: a cut wire makes those, a
 * file that the office refuses, and the picture of one that another device has
 * not sent yet. */
function isMissingNetwork(message: ConsoleMessage): boolean {
  if (message.location().url.endsWith("/api/v1/import")) return true;
  const [url, text] = [message.location().url, message.text()];
  if (url.includes("/api/v1/files/") && text.includes("404")) return true;
  // A file's own page may do nothing, not even what the browser adds to show a picture.
  if (/\/api\/v1\/files\//.test(`${message.page()?.url()} ${url} ${text}`) && /inline style|sandboxed/.test(text)) return true;
  return /^Failed to load resource: (net::ERR_|the server responded with a status of 401)/.test(message.text());
}
