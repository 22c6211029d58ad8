import { readFile, writeFile } from "node:fs/promises";

import { expectAccessible, PHONE } from "../support/accessibility.ts";
import { line, pdf, pick, type Picked, proofs } from "../support/evidence.ts";
import { Inspector } from "../support/inspector.ts";
import { type Device, expect, test } from "../support/journey.ts";
import { amount, openCard, openEntry, openMenu, pressPerson, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const UPLOADS = "/api/v1/uploads";

/** Types one number into the indicator's card, with evidence if there is any. */
async function save(phone: Device, number: string, ...papers: Picked[]): Promise<void> {
  await openMenu(phone, "Isi data");
  await openCard(phone, INDICATOR);
  await amount(phone).fill(number);
  if (papers.length > 0) await pick(phone, ...papers);
  for (const paper of papers) await expect(line(proofs(phone), paper.name)).toBeVisible();
  await saveCard(phone);
}

interface Listed {
  file: { sha256: string };
}

/** A phone whose officer went out of reach with one number saved. */
async function away(device: (name: string, options: { phone: boolean }) => Promise<Device>): Promise<Device> {
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await phone.expectState("green");
  await phone.waitUntilInstalled();
  phone.wire.cut();
  return phone;
}

/** Presses Ekspor; gives the file's path. */
async function exported(phone: Device): Promise<string> {
  await openMenu(phone, "Belum terkirim");
  const download = phone.page.waitForEvent("download");
  await phone.page.getByRole("button", { name: "Ekspor ke berkas" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^belum-terkirim-\d{4}-\d\d-\d\d\.takar$/);
  return file.path();
}

async function imported(device: Device, file: string): Promise<void> {
  const answer = device.page.waitForResponse((response) => response.url().endsWith("/api/v1/import"));
  await device.page.getByLabel("Impor berkas .takar").setInputFiles(file);
  await answer;
}

test("a file exported on one device is imported on another while the first reconnects", async ({ office, device }, info) => {
  const phone = await away(device);
  // More than one piece of the file.
  const paper = pdf("daftar hadir.pdf", 300_000);
  await save(phone, "5", paper);
  await save(phone, "4");
  await expect(phone.status).toContainText("2 belum terkirim");
  const inspector = await Inspector.open(office, /^Inspektorat/);
  const staff = await inspector.personOf(/^Staf lapangan/);
  const before = (await inspector.log()).length;

  const file = await test.step("without a connection the work goes into a file that nobody else reads", async () => {
    const path = await exported(phone);
    await expect(phone.page.getByRole("status").filter({ hasText: "2 isian dan 1 berkas bukti" })).toBeVisible();
    const bytes = await readFile(path);
    expect(bytes.subarray(0, 5).toString()).toBe("TAKAR");
    expect(bytes.includes("number")).toBe(false);
    expect(bytes.length).toBeGreaterThan(paper.buffer.length);
    expect(bytes.includes(paper.buffer.subarray(1_000, 1_100))).toBe(false);
    return path;
  });

  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Trantibum");
  await openMenu(laptop, "Belum terkirim");

  await test.step("a file that was cut or changed is refused in words and changes nothing", async () => {
    const bytes = await readFile(file);
    const wrong = info.outputPath("rusak.takar");
    await writeFile(wrong, bytes.subarray(0, bytes.length - 3));
    await imported(laptop, wrong);
    await expect(laptop.page.getByRole("alert")).toContainText("Tidak ada yang diubah");
    bytes[bytes.length - 20] ^= 4;
    await writeFile(wrong, bytes);
    await imported(laptop, wrong);
    await expect(laptop.page.getByRole("alert")).toContainText("Tidak ada yang diubah");
    await writeFile(wrong, "nama;angka\n");
    await imported(laptop, wrong);
    await expect(laptop.page.getByRole("alert")).toContainText("bukan ekspor Takar");
    expect(await inspector.log()).toHaveLength(before);
  });

  await test.step("both ways at once: everything arrives once, in the name of its author", async () => {
    phone.wire.restore();
    // The evidence comes with the file and no other way.
    phone.wire.block(UPLOADS);
    await imported(laptop, file);
    const told = /^2 isian: .+\. 1 berkas bukti: 1 diterima\.$/;
    await expect(laptop.page.getByRole("status").filter({ hasText: told })).toBeVisible();
    await laptop.expectState("green");
    await expect(phone.status).toContainText("1 berkas belum terkirim");
    const values = (await inspector.log()).flatMap((entry) => entry.values as { evidence?: Listed[] }[]);
    const [{ file: listed }] = values.findLast((value) => value?.evidence)?.evidence ?? [];
    expect((await inspector.file(listed.sha256)).bytes.equals(paper.buffer)).toBe(true);
    phone.wire.restore();
    await phone.expectState("green");
    expect(phone.wire.sent(UPLOADS), "it is told that the office has it").toBeLessThan(paper.buffer.length);
    const log = (await inspector.log()).slice(before);
    expect(log.map((entry) => entry.author)).toEqual([staff, staff]);
    expect(log.map((entry) => entry.outcomes)).toEqual([["applied"], ["applied"]]);
  });

  await test.step("once more changes nothing", async () => {
    await imported(laptop, file);
    await expect(laptop.page.getByText("2 isian: 2 sudah ada di kantor. 1 berkas bukti: 1 sudah ada di kantor.")).toBeVisible();
    expect(await inspector.log()).toHaveLength(before + 2);
  });
});

test("nobody signs out with work that is only on the device, unless it was exported", async ({ office, device }) => {
  const phone = await away(device);
  const { page } = phone;
  await save(phone, "5", pdf("daftar hadir.pdf", 20_000));
  await expect(phone.status).toContainText("1 belum terkirim");
  const inspector = await Inspector.open(office, /^Inspektorat/);
  const staff = await inspector.personOf(/^Staf lapangan/);
  const before = (await inspector.log()).length;
  const who = page.getByRole("banner").locator("#siapa-tekan");
  const signOut = async () => {
    await who.click();
    await page.getByRole("button", { name: "Keluar dari perangkat ini" }).click();
  };

  await test.step("refused in words, with what is only here", async () => {
    await signOut();
    const said = page.getByRole("banner").getByText(/^Belum bisa keluar: /);
    await expect(said).toContainText("1 belum terkirim dan 1 berkas belum terkirim. Data itu hanya ada di perangkat ini.");
    await expect(said).toContainText("ekspor ke berkas di Belum terkirim");
    await page.keyboard.press("Escape");
    await expect(phone.status).toContainText("1 belum terkirim");
  });

  await test.step("what is typed after an export is only here again", async () => {
    await exported(phone);
    await expect(page.getByRole("status").filter({ hasText: "1 isian dan 1 berkas bukti" })).toBeVisible();
    await save(phone, "4");
    await expect(phone.status).toContainText("2 belum terkirim");
    await signOut();
    await expect(page.getByRole("banner").getByText(/^Belum bisa keluar: 2 belum terkirim/)).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("once all of it is exported she may go, and the next session carries it", async () => {
    await exported(phone);
    await expect(page.getByRole("status").filter({ hasText: "2 isian dan 1 berkas bukti" })).toBeVisible();
    await signOut();
    await expect(page.getByRole("banner").getByText(/^Belum bisa keluar/)).toHaveCount(0);
    phone.wire.restore();
    await phone.goto("/masuk");
    await pressPerson(phone, "Kasi Trantibum");
    await phone.expectState("green");
    const log = (await inspector.log()).slice(before);
    expect(log.map((entry) => [entry.author, entry.outcomes])).toEqual([
      [staff, ["applied"]],
      [staff, ["applied"]],
    ]);
  });
});

test("what the office refuses can be mended, sent again and laid aside", async ({ office, device }) => {
  const admin = await device("laptop");
  await signIn(admin, "Admin");
  await admin.goto("/pengaturan/rencana");
  await admin.page.getByRole("main").getByRole("link", { name: INDICATOR }).click();
  const inspector = await Inspector.open(office, /^Inspektorat/);
  const measured = async (kind: string) => {
    await admin.page.getByRole("combobox", { name: "Jenis nilai" }).selectOption({ label: kind });
    const pushed = admin.wire.request("/api/v1/push");
    await admin.page.getByRole("button", { name: "Simpan" }).first().click();
    await pushed;
    await admin.expectState("green");
  };
  await measured("angka");
  const phone = await away(device);
  const list = phone.page.getByRole("main").getByRole("listitem");

  await test.step("a waiting line says what changes and since when", async () => {
    await save(phone, "9");
    await save(phone, "4,5");
    await openMenu(phone, "Belum terkirim");
    const line = list.filter({ hasText: "semula 9 Kasus, menjadi 4,5 Kasus" }).first();
    await expect(line).toContainText("belum terkirim");
    await expectAccessible(phone, "Belum terkirim with waiting lines", PHONE);
  });

  await test.step("refused: why, and the value goes back into its field", async () => {
    await measured("jumlah");
    phone.wire.restore();
    await expect(phone.status).toContainText("1 ditolak");
    const refused = list.filter({ hasText: "ditolak" }).first();
    await expect(refused).toContainText("4,5");
    await expect(refused).toContainText("bulat");
    await expectAccessible(phone, "Belum terkirim with a refused line", PHONE);
    await refused.getByRole("button", { name: "Perbaiki" }).click();
    await expect(amount(phone)).toHaveValue("4,5");
    await amount(phone).fill("4");
    await saveCard(phone);
    await phone.expectState("green");
  });

  await test.step("refused, and tried again once the office takes it", async () => {
    phone.wire.cut();
    await save(phone, "3");
    await measured("predikat");
    phone.wire.restore();
    await expect(phone.status).toContainText("1 ditolak");
    await measured("jumlah");
    await openMenu(phone, "Belum terkirim");
    await expect(async () => {
      await phone.page.getByRole("button", { name: "Coba lagi" }).click({ timeout: 1_000 });
      await expect(phone.page.getByText("Dikirim ulang.")).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await phone.expectState("green");
    expect((await inspector.log()).at(-1)?.values).toEqual([expect.objectContaining({ number: "3" })]);
  });

  await test.step("refused, and laid aside with a reason that stays", async () => {
    phone.wire.cut();
    await save(phone, "2");
    await measured("predikat");
    phone.wire.restore();
    await expect(phone.status).toContainText("1 ditolak");
    await openMenu(phone, "Belum terkirim");
    await phone.page.getByRole("button", { name: "Sisihkan" }).click();
    await phone.page.getByRole("button", { name: "Sisihkan" }).click();
    await expect(phone.page.getByText("Tulis dahulu alasannya.")).toBeVisible();
    await phone.page.getByRole("textbox", { name: "Alasan disisihkan" }).fill("salah ketik");
    await phone.page.getByRole("button", { name: "Sisihkan" }).click();
    await phone.expectState("green");
    await phone.page.reload();
    await phone.page.getByText("Disisihkan di perangkat ini").click();
    const aside = list.filter({ hasText: "Alasan: salah ketik" }).first();
    await expect(aside).toContainText(INDICATOR);
    await expectAccessible(phone, "Belum terkirim with what was laid aside", PHONE);
  });
});
