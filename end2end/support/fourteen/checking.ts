import { createHash, createPublicKey, verify } from "node:crypto";

import { expect } from "@playwright/test";

import type { Device } from "../device.ts";
import { openMenu } from "../screens.ts";
import { type Line, number } from "../worked.ts";

const NONE = "–";

/** A line of the document as it was signed; numbers are decimals with a point. */
interface DocumentLine extends Record<string, string | undefined> {
  name: string;
}

/** The document as the package has it. */
export interface Signed {
  lines: DocumentLine[];
  sha256: string;
}

/** The document of a package, with its own hash. */
export function documentOf(files: Map<string, Buffer>): Signed {
  const bytes = files.get("dokumen.json") ?? Buffer.alloc(0);
  const { lines } = JSON.parse(bytes.toString()) as { lines: DocumentLine[] };
  return { lines, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Every line of the document, in its order, is the one worked out by hand. */
export function expectFigures(document: Signed, worked: Line[]): void {
  const columns = {
    target: "T", actual: "R", year_target: "T year", pagu: "Pagu", spent: "Spent",
    raw: "Raw", bounded: "Bounded", year_bounded: "Year",
  };
  const signed = document.lines.map((line) => ({
    name: line.name,
    rule: line.rule,
    rating: line.rating ?? NONE,
    ...Object.fromEntries(Object.keys(columns).map((key) => [key, line[key] === undefined ? NONE : rounded(Number(line[key]))])),
  }));
  const byHand = worked.map((line) => ({
    name: line.Indicator,
    rule: line.Rule,
    rating: line.Kriteria,
    ...Object.fromEntries(Object.entries(columns).map(([key, head]) => [key, line[head] === NONE ? NONE : number(line[head])])),
  }));
  expect(signed).toEqual(byHand);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The page of the document shows the same. */
export async function expectShown(device: Device, worked: Line[]): Promise<void> {
  const rows = device.page.getByRole("main").locator("tbody tr");
  await expect(rows).toHaveCount(worked.length);
  for (const [at, line] of worked.entries()) {
    const shown = [line.T, line.R, line.Bounded].map((cell) => (cell === NONE ? cell : places(number(cell))));
    if (line.R === NONE) shown[1] = line.Working;
    const cells = await rows.nth(at).locator("td").allInnerTexts();
    expect([cells[1], ...cells.slice(3)]).toEqual([line.Indicator, ...shown, line.Kriteria]);
  }
}

function places(value: number): string {
  return value.toLocaleString("id-ID", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Rekap capaian has the means of every sasaran and program. */
export async function expectMeans(device: Device, worked: Line[]): Promise<void> {
  const { page } = device;
  await openMenu(device, "Rekap capaian");
  for (const { Group, Mean, Of } of worked) {
    const heading = page.getByRole("heading", { level: 2, name: new RegExp(`^${Group.replaceAll(".", "\\.")} `) });
    const group = page.locator("section", { has: heading });
    await expect(group.locator("strong.num").first()).toHaveText(`${Mean}%`);
    await expect(group.getByText(`${Of} indikator`, { exact: false }).first()).toBeVisible();
  }
}

/** Waktu pelaksanaan SOP; `most` minutes were there since the journey began. */
export async function expectMinutes(device: Device, worked: Line[], most: number): Promise<void> {
  await openMenu(device, "Tahapan");
  await device.page.getByRole("link", { name: "Waktu pelaksanaan" }).click();
  const rows = device.page.getByRole("main").locator("table").first().locator("tbody tr");
  await expect(rows).toHaveCount(worked.length);
  for (const [at, line] of worked.entries()) {
    const row = rows.nth(at);
    const unit = line.Unit === NONE ? "" : line.Unit;
    const baku = line["Waktu baku"] === NONE ? NONE : `${line["Waktu baku"]} menit${unit && " per unit"}`;
    await expect(row.locator("th")).toHaveText(`${line.Step}${unit}`);
    const [minutes, , lasted, note] = (await row.locator("td").allInnerTexts()).map((text) => text.trim());
    expect(minutes, line.Step).toBe(`${line["Waktu kerja"]} menit`);
    await expect(row.locator("td").nth(1)).toHaveText(baku);
    expect(note, line.Step).toBe(line.Note);
    const told = line["Lama proses"].replace(/^(\d+|uji)/, "$1 menit");
    const shown = told.startsWith("uji") ? lasted.replace(/^\d+/, "uji") : lasted;
    expect(shown, line.Step).toBe(told);
    if (told.startsWith("uji")) expect(Number.parseInt(lasted, 10)).toBeLessThanOrEqual(most);
  }
}

/** The minutes of each person, on the same page. */
export async function expectPeople(device: Device, worked: Line[]): Promise<void> {
  const rows = device.page.getByRole("region", { name: "Menit per orang" }).locator("tbody tr");
  await expect(rows).toHaveText(worked.map((line) => `${line.Person}${line.Ends}${line["Waktu kerja"]} menit`));
}

interface Seal {
  message: string;
  signature: { document: { sha256: string }; public: string; value: string; title: string[]; name: string };
}

/** The signature that the package holds, once its key has proved it. */
export function signatureOf(files: Map<string, Buffer>): Seal["signature"] {
  const { message, signature } = JSON.parse(String(files.get("tanda-tangan.json"))) as Seal;
  // The head of an Ed25519 key (RFC 8410), before its 32 bytes.
  const der = Buffer.from(`302a300506032b6570032100${signature.public}`, "hex");
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  expect(verify(null, Buffer.from(message), key, Buffer.from(signature.value, "hex"))).toBe(true);
  expect(message).toContain(signature.document.sha256);
  return signature;
}

/** Seven people wrote it, each on a device of their own; the office's hand has one too. */
export function expectSevenDevices(files: Map<string, Buffer>): void {
  const lines = String(files.get("jejak.csv")).trim().split("\n").slice(1);
  const cells = lines.map((line) => line.split('";"'));
  const people = new Set(cells.map((line) => line[3]));
  const devices = new Set(cells.map((line) => line[5]));
  expect([...people].sort()).toEqual(PEOPLE);
  expect(devices.size).toBe(people.size + 1);
}

const PEOPLE = [
  "Anggota Tim", "Camat", "Kasi Pelayanan", "Kasi Pemerintahan", "Kasubbag Perencanaan", "Sekretaris", "Staf Lapangan",
];
