import { expect, type Locator } from "@playwright/test";

import type { Device } from "./device.ts";

/** Signs in with one press, as the demo offers it; `role` begins the button's words. */
export async function signIn(device: Device, role: string): Promise<void> {
  await device.goto("/");
  await pressPerson(device, role);
  // The office's data is there: the menu has what the role needs.
  await device.expectState("green");
}

/** The demo's press for one person; the rarer ones are behind "Orang lain". */
export async function pressPerson(device: Device, role: string): Promise<void> {
  const { page } = device;
  const person = page.getByRole("button", { name: new RegExp(`^${escape(role)}`) });
  await expect(page.getByRole("heading", { name: "Kecamatan Contoh" })).toBeVisible();
  if (!(await person.isVisible())) await page.getByText("Orang lain", { exact: true }).click();
  await person.click();
}

/** Opens a place of the main menu, behind "Lanjutan" where it is rare. */
export async function openMenu(device: Device, words: string): Promise<void> {
  const menu = device.page.getByRole("navigation", { name: "Menu utama" });
  await expect(menu).toBeVisible();
  const place = menu.getByRole("link", { name: new RegExp(`^${escape(words)}`) });
  if (!(await place.isVisible())) await menu.getByText("Lanjutan", { exact: true }).click();
  await place.click();
}

/** Opens Isi data; `unit` where the person works for several. */
export async function openEntry(device: Device, unit?: string): Promise<void> {
  await openMenu(device, "Isi data");
  if (unit) await device.page.getByRole("link", { name: `Buka ${unit}` }).click();
  await expect(device.page.getByRole("heading", { level: 1, name: /^Isi data / })).toBeVisible();
}

/** The grid's cell of an indicator on a laptop. */
export function cell(device: Device, indicator: string): Locator {
  return device.page.getByRole("textbox", { name: `Realisasi ${indicator}` });
}

/** Types into a grid cell and leaves it downwards: that saves. */
export async function enter(device: Device, indicator: string, number: string): Promise<void> {
  await cell(device, indicator).fill(number);
  await cell(device, indicator).press("Enter");
}

/** Opens an indicator's card from the list on a phone. */
export async function openCard(device: Device, indicator: string): Promise<void> {
  await device.page.getByRole("link", { name: indicator }).click();
  await expect(device.page.getByRole("heading", { level: 1, name: indicator })).toBeVisible();
}

/** The card's field of an indicator with one number, on a phone. */
export function amount(device: Device): Locator {
  return device.page.getByRole("textbox", { name: "Realisasi", exact: true });
}

export async function saveCard(device: Device): Promise<void> {
  await device.page.getByRole("button", { name: "Simpan & lanjut" }).click();
}

/** The row of an indicator in Rekap capaian. */
export function recapRow(device: Device, indicator: string): Locator {
  const name = device.page.getByText(indicator, { exact: true });
  return device.page.getByRole("row").filter({ has: name }).first();
}

/** What Validasi shows of one figure. */
export function candidate(device: Device, indicator: string): Locator {
  return device.page.getByRole("article", { name: indicator });
}

function escape(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
