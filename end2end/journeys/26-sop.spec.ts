import type { Locator } from "@playwright/test";

import { expectAccessible } from "../support/accessibility.ts";
import { type Device, expect, test } from "../support/journey.ts";
import { openMenu, signIn } from "../support/screens.ts";

test.setTimeout(240_000);

/** A press of a step in the list. */
function press(device: Device, words: string, title: string): Locator {
  return device.page.getByRole("button", { name: `${words}: ${title}`, exact: true });
}

/** Lines of a list, by words in them. */
function lines(device: Device, words: string | RegExp): Locator {
  return device.page.getByRole("main").getByRole("listitem").filter({ hasText: words });
}

const box = (device: Device, name: string): Locator => device.page.getByRole("textbox", { name });
const button = (device: Device, name: string): Locator => device.page.getByRole("button", { name, exact: true });

test("an SOP is changed by form while a round runs by it, and the next round has the new one", async ({ device }) => {
  const desk = await device("sekretaris");
  await signIn(desk, "Sekretaris");
  await desk.waitUntilInstalled();
  // Signed in at the office, used elsewhere: the browser was closed in between.
  await desk.restart();

  await test.step("what becomes of the running round is said before anything is changed", async () => {
    await desk.goto("/pengaturan/sop");
    await expect(lines(desk, "/SOP/")).toHaveCount(1);
    await desk.page.getByRole("link", { name: /^Ubah: / }).click();
    await expect(desk.page.getByText(/Tahapan yang sedang berjalan tetap memakai versinya sendiri\./)).toBeVisible();
    await expect(lines(desk, "Kompilasi dan telaah Sekretaris")).toContainText("tambahan, kode 101");
    await expect(lines(desk, "101. ")).toHaveCount(0);
    await expectAccessible(desk, "Ubah SOP");
  });
  const route = new URL(desk.page.url()).pathname;

  await test.step("offline, what is wrong with a step is told beside its fields", async () => {
    desk.wire.cut();
    await press(desk, "Ubah", "Penghimpunan dan validasi").click();
    await box(desk, "Waktu baku (menit)").fill("empat jam");
    await box(desk, "Uraian seperti tercetak").fill("");
    await button(desk, "Pakai").click();
    const summary = desk.page.getByRole("alert");
    await expect(summary).toContainText("Waktu baku (menit): Jumlah ini harus bilangan bulat.");
    await box(desk, "Waktu baku (menit)").fill("200");
    await button(desk, "Pakai").click();
    await expect(summary).toContainText("Uraian seperti tercetak wajib diisi.");
    await expectAccessible(desk, "a step's form with errors");
    await summary.getByRole("link").click();
    await desk.page.keyboard.type("Kepala Seksi memvalidasi data kinerja");
    await expect(desk.status).toContainText("1 draf belum disimpan");
    await button(desk, "Simpan sebagai versi baru").click();
    await expect(summary.filter({ hasText: "Selesaikan dahulu tahap yang sedang diubah" })).toBeVisible();
  });

  await test.step("killed a second after the last key, the step stands open as it was typed", async () => {
    const last = Date.now();
    await expect.poll(() => Date.now() - last).toBeGreaterThan(1000);
    await desk.kill();
    await desk.start();
    await desk.goto("/");
    await openMenu(desk, "Belum terkirim");
    await lines(desk, "Kepala Seksi memvalidasi").getByRole("link", { name: "Buka" }).click();
    await expect(box(desk, "Waktu baku (menit)")).toHaveValue("200");
    expect(new URL(desk.page.url()).pathname).toBe(route);
    await button(desk, "Pakai").click();
    await expect(lines(desk, "7. Penghimpunan dan validasi")).toContainText("200 menit");
  });

  await test.step("steps move by keyboard, are added, and come back when one was removed", async () => {
    const down = press(desk, "Turun", "Undangan rapat");
    await down.focus();
    await desk.page.keyboard.press("Enter");
    await expect(lines(desk, "5. Undangan rapat")).toBeVisible();
    await expect(down).toBeFocused();
    await press(desk, "Naik", "Undangan rapat").click();
    await expect(lines(desk, "4. Undangan rapat")).toBeVisible();
    await press(desk, "Hapus", "Penggandaan").click();
    await expect(lines(desk, "13. Pengarsipan")).toBeVisible();
    await button(desk, "Urungkan").click();
    await expect(lines(desk, "14. Pengarsipan")).toBeVisible();
    await press(desk, "Hapus", "Penggandaan").click();
    await expectAccessible(desk, "a step that was removed");
    await expect(lines(desk, "13. Pengarsipan")).toBeVisible();
    await button(desk, "Tambah tahap").click();
    await box(desk, "Nama tahap di layar").fill("Pemajangan");
    await box(desk, "Uraian seperti tercetak").fill("Memajang dokumen di papan pengumuman");
    await desk.page.getByRole("checkbox", { name: "Anggota Tim SAKIP" }).check();
    await box(desk, "Waktu baku (menit)").fill("5");
    await box(desk, "Sesudah tahap nomor").fill("13");
    await button(desk, "Pakai").click();
    await expect(lines(desk, "14. Pemajangan")).toContainText("5 menit · Anggota Tim SAKIP");
  });

  await test.step("a reload keeps it, and it is saved without a connection", async () => {
    await box(desk, "Nomor SOP").fill("000.8.3.3/02/SOP/KC-2026");
    await desk.page.reload();
    await expect(lines(desk, "14. Pemajangan")).toBeVisible();
    await expect(box(desk, "Nomor SOP")).toHaveValue("000.8.3.3/02/SOP/KC-2026");
    await button(desk, "Simpan sebagai versi baru").click();
    const next = lines(desk, "/02/SOP/");
    await expect(next).toContainText("untuk tahapan berikutnya");
    await expect(next).not.toContainText("sedang dipakai");
    await expect(lines(desk, "/01/SOP/")).toContainText("sedang dipakai");
    desk.wire.restore();
    await desk.expectState("green");
  });

  await test.step("the running round keeps its steps, the next one has the new ones", async () => {
    await openMenu(desk, "Tahapan");
    const main = desk.page.getByRole("main");
    await expect(main.getByRole("link", { name: "Penggandaan" }).first()).toBeVisible();
    await expect(main.getByText("Pemajangan")).toHaveCount(0);
    await desk.goto("/pengaturan/tahapan");
    await desk.page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
    const year = await box(desk, "Tahun").inputValue();
    await box(desk, "Batas isi data").fill("20 Januari 2027");
    await button(desk, "Buka tahapan").click();
    await expect(lines(desk, "dibuka")).toHaveCount(2);
    await openMenu(desk, "Tahapan");
    await desk.page.getByRole("combobox", { name: "Tahapan pengukuran" }).selectOption({ label: `Triwulan IV ${year}` });
    await expect(main.getByRole("link", { name: "Pemajangan" }).first()).toBeVisible();
    await expect(main.getByText("Penggandaan")).toHaveCount(0);
    await desk.expectState("green");
  });
});

test("an SOP as text keeps what is typed, and who only looks changes nothing", async ({ device }) => {
  const desk = await device("admin");
  await signIn(desk, "Admin");
  await desk.goto("/pengaturan/sop");
  await button(desk, "Buka sebagai teks: PENGUMPULAN DAN PENGUKURAN DATA KINERJA").click();
  const text = box(desk, "Isi SOP (TOML)");
  await expect(text).toHaveValue(/number = 14/);
  await text.fill((await text.inputValue()).replace("minutes = 240", "minutes = 180"));
  await expect(desk.status).toContainText("1 draf belum disimpan");
  await desk.page.reload();
  await expect(text).toHaveValue(/minutes = 180/);
  await button(desk, "Periksa dan simpan").click();
  await expect(lines(desk, "14 tahap")).toHaveCount(2);
  // Only a step changed: title and number are the same.
  await expect(lines(desk, "versi 1")).not.toContainText("untuk tahapan berikutnya");
  await expect(lines(desk, "versi 2")).toContainText("untuk tahapan berikutnya");
  await desk.expectState("green");
  await desk.page.reload();
  await expect(text).toHaveValue("");
  await desk.goto("/pengaturan/tahapan");
  await expect(desk.page.getByRole("combobox", { name: "SOP" }).getByRole("option", { name: /versi 2/ })).toHaveCount(1);

  const phone = await device("hp-kasi", { phone: true });
  await signIn(phone, "Kasi Pemerintahan");
  await phone.goto("/pengaturan/sop");
  await expect(lines(phone, "14 tahap")).toHaveCount(2);
  await expect(phone.page.getByRole("link", { name: /^Ubah: / })).toHaveCount(0);
});
