import { expect } from "@playwright/test";

import type { Device } from "../device.ts";
import { amount, enter, openCard, openEntry, saveCard } from "../screens.ts";
import { carryOut, finish, line, openStep } from "../steps.ts";
import { type Cast, GOVERNMENT, NAGARI, SECRETARIAT, SERVICE } from "./cast.ts";

export const COMPLAINTS = "Keluhan belum tertangani";
const VALIDATION = "Penghimpunan dan validasi";
const HAND_OVER = "Penyampaian ke Sekretaris/Perencana";
const COLLECTION = "Penghimpunan data";

/** The field officer ticks three of five nagari on a phone. */
export async function tickNagari({ officer }: Cast): Promise<void> {
  const { page } = officer;
  await openEntry(officer);
  await openCard(officer, "Nagari tertib administrasi");
  for (const name of NAGARI.slice(0, 3)) await page.getByRole("checkbox", { name: new RegExp(`^${name}`) }).check();
  await page.getByRole("button", { name: "Tandai 2 sisanya belum" }).click();
  await expect(page.getByRole("group", { name: "Capaian sementara" })).toContainText("3 dari 5");
  await saveCard(officer);
  await officer.expectState("green");
}

/** One more is ticked where there is no signal: it stays on the phone until everything is archived. */
export async function tickWithoutConnection({ officer }: Cast): Promise<void> {
  officer.wire.cut();
  await officer.expectState("offline");
  await openEntry(officer);
  await openCard(officer, "Nagari tertib administrasi");
  await officer.page.getByRole("checkbox", { name: new RegExp(`^${NAGARI[3]}`) }).check();
  await expect(officer.page.getByRole("group", { name: "Capaian sementara" })).toContainText("4 dari 5");
  await saveCard(officer);
  await expect(officer.status).toContainText("1 belum terkirim");
}

/** Seksi Pemerintahan types, validates (7) and hands over (8). */
export async function governmentDone({ government }: Cast): Promise<void> {
  await openEntry(government);
  await enter(government, COMPLAINTS, "6");
  await enter(government, "Laporan keuangan nagari", "8");
  await sendAndValidate(government);
  await openStep(government, VALIDATION, GOVERNMENT);
  await carryOut(government, VALIDATION, "200");
  await openStep(government, HAND_OVER, GOVERNMENT);
  await carryOut(government, HAND_OVER, "30");
  await government.expectState("green");
}

/** Cut off, with the device's own clock at a time (WIB); the app starts anew there. */
export async function cutOff(device: Device, time: string): Promise<void> {
  device.wire.cut();
  await device.setClock(time);
  await device.page.reload();
  await device.expectState("offline");
}

/** Connected again; its browser is opened anew and knows the time. */
export async function reconnect(device: Device): Promise<void> {
  device.wire.restore();
  await device.restart();
  await device.goto("/");
}

/** Seksi Pelayanan does all of it on a phone that is cut off over a weekend. */
export async function serviceWithoutConnection({ service }: Cast): Promise<void> {
  const { page } = service;
  await cutOff(service, "2026-01-09T10:30");
  await openStep(service, VALIDATION, SERVICE);
  await page.getByRole("button", { name: "Mulai" }).click();
  await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("berjalan");
  await openEntry(service);
  await openCard(service, "Indeks Kepuasan Masyarakat");
  await page.getByRole("combobox", { name: "Status realisasi" }).selectOption({ label: "Tidak diukur periode ini" });
  await page.getByRole("textbox", { name: "Mengapa tidak diukur" }).fill("Survei setahun sekali.");
  await saveCard(service);
  for (const [indicator, number] of [["Layanan selesai tepat waktu", "97,85"], ["Laporan pelayanan terpadu", "5"]]) {
    await openEntry(service);
    await openCard(service, indicator);
    await amount(service).fill(number);
    await saveCard(service);
  }
  await sendAndValidate(service, undefined, KEPT);
  await service.setClock("2026-01-12T09:00");
  await openStep(service, VALIDATION, SERVICE);
  await finish(service, "250");
  await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("250 dari 240 menit · lewat 10");
  await service.setClock("2026-01-12T11:45");
  await openStep(service, HAND_OVER, SERVICE);
  await page.getByRole("button", { name: "Mulai" }).click();
  await service.setClock("2026-01-12T13:10");
  await finish(service, "20", "Tanpa sinyal di lapangan.");
  await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("selesai");
}

/** Step 6 on a laptop that is cut off over a holiday and a weekend. */
export async function collectWithoutConnection({ member }: Cast): Promise<void> {
  await cutOff(member, "2026-01-15T15:00");
  await openStep(member, COLLECTION);
  await member.page.getByRole("button", { name: "Mulai" }).click();
  await member.setClock("2026-01-19T08:15");
  await finish(member, "160", "Dua unit terlambat menyerahkan.");
  await expect(member.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("160 dari 120 menit · lewat 40");
}

/** The two parts of the secretariat, handed over by the Sekretaris. */
export async function secretariatDone({ planner, secretary }: Cast): Promise<void> {
  await openEntry(planner, "Sub Bagian Perencanaan");
  await enter(planner, "Dokumen perencanaan tersusun", "3");
  await sendAndValidate(planner, "Sub Bagian Perencanaan");
  await planner.expectState("green");
  await openEntry(secretary, SECRETARIAT);
  await enter(secretary, "Nilai Kinerja Kecamatan", "88,2");
  await sendAndValidate(secretary, SECRETARIAT);
  await openStep(secretary, VALIDATION, SECRETARIAT);
  await carryOut(secretary, VALIDATION, "60");
  await openStep(secretary, HAND_OVER, SECRETARIAT);
  await carryOut(secretary, HAND_OVER, "10");
}

/** The stage before 9, once every unit has arrived. */
export async function compile({ secretary }: Cast, minutes: string): Promise<void> {
  await openStep(secretary, "Kompilasi dan telaah Sekretaris");
  // What the submission will wait for is told here already.
  await expect(secretary.page.getByRole("link", { name: "Buka Anggaran" })).toBeVisible();
  for (const unit of [SECRETARIAT, GOVERNMENT, SERVICE]) await expect(line(secretary, unit).first()).toContainText("selesai");
  await finish(secretary, minutes);
  await expect(secretary.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("selesai");
}

const SENT = "Sudah dikirim dan divalidasi.";
const KEPT = "Tersimpan di perangkat ini. Terkirim sendiri saat tersambung.";

/** Periksa & kirim of a unit by its own head; `said` is what she reads then. */
export async function sendAndValidate(head: Device, unit?: string, said = SENT): Promise<void> {
  await openEntry(head, unit);
  await head.page.getByRole("link", { name: "Periksa & kirim" }).click();
  await head.page.getByRole("button", { name: "Kirim dan validasi" }).click();
  await expect(head.page.getByText(said)).toBeVisible();
}

export { HAND_OVER, VALIDATION };
