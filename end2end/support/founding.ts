import { expect } from "@playwright/test";

import type { Device } from "./device.ts";
import type { Office } from "./office.ts";

/** Everybody's first password. */
export const PASSWORD = "kata-sandi-uji";

/** A jabatan as Pengaturan offers it. */
export interface Post {
  post: string;
  /** None for the whole office. */
  unit?: string;
  tenure?: string;
  /** As a person writes it; since long ago otherwise. */
  from?: string;
}

/** The first run: a new office and its admin, who is signed in then. */
export async function found(device: Device, office: Office, admin: string, username: string): Promise<void> {
  const { page } = device;
  const code = /kode sekali pakai ini:\s+(\S+)/.exec(office.log)?.[1] ?? "";
  await device.goto("/");
  await page.getByRole("textbox", { name: "Kode sekali pakai" }).fill(code);
  await page.getByRole("textbox", { name: "Nama kantor" }).fill("Kecamatan Uji");
  await page.getByRole("textbox", { name: "Kabupaten atau kota" }).fill("Kabupaten Uji");
  await page.getByRole("textbox", { name: "Nama admin pertama" }).fill(admin);
  await page.getByRole("textbox", { name: "Nama pengguna" }).fill(username);
  await page.getByLabel(/^Kata sandi baru/).fill(PASSWORD);
  await page.getByRole("button", { name: "Buka kantor" }).click();
  await expect(page.getByRole("navigation", { name: "Menu utama" })).toBeVisible();
  await device.expectState("green");
}

/** Signs in by name and password. */
export async function enterAs(device: Device, username: string): Promise<void> {
  const { page } = device;
  await device.goto("/");
  await page.getByRole("textbox", { name: "Nama pengguna" }).fill(username);
  await page.getByLabel("Kata sandi").fill(PASSWORD);
  await page.getByRole("button", { name: "Masuk" }).click();
  await expect(page.getByRole("navigation", { name: "Menu utama" })).toBeVisible();
  await device.expectState("green");
}

/** Adds a person with a password, and the posts that she holds. */
export async function addPerson(admin: Device, name: string, username: string, posts: Post[]): Promise<void> {
  const { page } = admin;
  await admin.goto("/pengaturan/orang");
  await page.getByRole("link", { name: "Tambah orang" }).click();
  await page.getByRole("textbox", { name: "Nama", exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Nama pengguna" }).fill(username);
  await page.getByRole("button", { name: "Simpan" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  for (const post of posts) await addPost(admin, post);
  await admin.expectState("green");
  await page.getByLabel(/^Kata sandi baru/).fill(PASSWORD);
  await page.getByRole("button", { name: "Beri kata sandi" }).click();
  await expect(page.getByText("Kata sandi sudah diganti.")).toBeVisible();
}

/** Opens the page of a person. */
export async function openPerson(admin: Device, name: string): Promise<void> {
  await admin.goto("/pengaturan/orang");
  await admin.page.getByRole("link", { name: `Buka: ${name}` }).click();
  await expect(admin.page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Gives the person in view a jabatan. */
export async function addPost(admin: Device, { post, unit, tenure, from = "1 Januari 2020" }: Post): Promise<void> {
  const held = admin.page.locator("section", { has: admin.page.getByRole("heading", { name: "Jabatan yang dipegang" }) });
  await held.getByRole("button", { name: "Tambah jabatan" }).click();
  await held.getByRole("combobox", { name: "Jabatan", exact: true }).selectOption({ label: post });
  if (unit) await held.getByRole("combobox", { name: "Unit kerja" }).selectOption({ label: unit });
  if (tenure) await held.getByRole("combobox", { name: "Status jabatan" }).selectOption({ label: tenure });
  await held.getByRole("textbox", { name: "Mulai tanggal" }).fill(from);
  await held.getByRole("button", { name: "Simpan" }).click();
  await expect(held.getByRole("listitem").filter({ hasText: [tenure, post].filter(Boolean).join(" ") })).toBeVisible();
}
