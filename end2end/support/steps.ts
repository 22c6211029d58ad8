import { expect, type Locator } from "@playwright/test";

import type { Device } from "./device.ts";
import { openMenu } from "./screens.ts";

/** Opens a step from the list of steps, and a unit of it. */
export async function openStep(device: Device, step: string, unit?: string): Promise<void> {
  await openMenu(device, "Tahapan");
  const { page } = device;
  await expect(page.getByRole("heading", { level: 1, name: /^Tahapan pengukuran/ })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: step, exact: false }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(step) })).toBeVisible();
  if (!unit) return;
  await page.getByRole("link", { name: `Buka: ${unit}` }).click();
  await expect(page.getByText(new RegExp(`^${unit} · `))).toBeVisible();
}

/** Ends the step in view; `minutes` over what is proposed. */
export async function finish(device: Device, minutes: string, reason = ""): Promise<void> {
  const { page } = device;
  await page.getByRole("region", { name: "Pelaksanaan" }).getByRole("button", { name: "Selesai" }).click();
  const dialog = page.getByRole("dialog", { name: "Selesai" });
  await dialog.getByRole("textbox", { name: /^Waktu kerja/ }).fill(minutes);
  if (reason) await dialog.getByRole("textbox", { name: /^Alasan/ }).fill(reason);
  await dialog.getByRole("button", { name: "Selesai" }).click();
  // What had the focus is gone with the dialog: it moves on to the page by itself.
  await expect(page.locator("#isi")).toBeFocused();
}

/** A line of a list of steps or units. */
export function line(device: Device, words: string | RegExp): Locator {
  return device.page.getByRole("main").getByRole("listitem").filter({ hasText: words });
}

/** Begins the step in view and ends it, `minutes` worked. */
export async function carryOut(device: Device, step: string, minutes: string, reason = ""): Promise<void> {
  const standing = device.page.getByRole("region", { name: "Pelaksanaan" });
  await standing.getByRole("button", { name: "Mulai" }).click();
  await expect(standing).toContainText("berjalan");
  await finish(device, minutes, reason);
  await expect(standing, step).toContainText("selesai");
}

/** A card of the page by its heading. */
export function section(device: Device, title: string): Locator {
  const heading = device.page.getByRole("heading", { name: title, exact: true });
  return device.page.getByRole("main").locator("section").filter({ has: heading });
}
