import { Inspector } from "../support/inspector.ts";
import { expect, test } from "../support/journey.ts";
import { amount, cell, enter, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const NAGARI = "Nagari tertib administrasi";
const COMPLAINTS = "Keluhan belum tertangani";
const NONE = "Tidak ada angka berbeda.";

test("nagari rows merge by themselves, one is asked, and the choice reaches both devices", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  const onPhone = phone.page.getByRole("listitem").filter({ hasText: NAGARI });
  await expect(onPhone).toContainText("16 Nagari");

  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Angka berbeda");
  await laptop.page.getByRole("link", { name: /^Lihat: / }).click();
  await expect(laptop.page.getByRole("heading", { level: 1 })).toHaveText(/^Dua keterangan untuk .*Nagari Contoh X/);
  await expect(laptop.page.getByText(/Lima nagari lain sudah tergabung sendiri menjadi 16 dari 20\./)).toBeVisible();

  const reason = laptop.page.getByRole("button", { name: "Sesuai foto" });
  const take = laptop.page.getByRole("button", { name: "Gunakan “sudah”" });
  const below = async () => (await take.boundingBox())!.y - (await reason.boundingBox())!.y;
  expect(await below(), "the reason is asked before the press that needs it").toBeGreaterThan(0);
  await reason.click();
  await take.click();
  await expect(laptop.page.getByText(/17.* dari target 20 · capaian 85,00% · Tinggi/)).toBeVisible();
  await laptop.expectState("green");
  await expect(onPhone).toContainText("17 Nagari");
});

test("a phone that is turned while somebody decides leaves the choice as it was", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  const { page } = phone;
  await signIn(phone, "Kasi Pemerintahan");
  await openMenu(phone, "Angka berbeda");
  await page.getByRole("link", { name: /^Lihat: / }).click();
  const quick = page.getByRole("button", { name: "Sesuai foto" });
  const written = page.getByRole("textbox", { name: /alasan/i });
  const turned = async () => {
    const { width, height } = page.viewportSize()!;
    await page.setViewportSize({ width: height, height: width });
    const wide = (query: string) => page.evaluate((query) => matchMedia(query).matches, query);
    expect(await wide(`(orientation: ${height > width ? "landscape" : "portrait"})`)).toBe(true);
  };
  await quick.click();
  for (const _ of ["on its side", "and back"]) {
    await turned();
    await expect(quick).toHaveAttribute("aria-pressed", "true");
  }
  await page.getByRole("button", { name: "Lainnya" }).click();
  await written.fill("sudah dicek di nagari");
  await turned();
  await expect(quick).toHaveAttribute("aria-pressed", "false");
  await expect(written).toHaveValue("sudah dicek di nagari");
  await page.getByRole("button", { name: "Gunakan “sudah”" }).click();
  await expect(page.getByText(/17.* dari target 20 · capaian 85,00% · Tinggi/)).toBeVisible();
  await phone.expectState("green");
});

test("one person's second edit without a connection raises no difference", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await phone.waitUntilInstalled();
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Angka berbeda");
  const differences = laptop.page.getByRole("link", { name: /^Lihat: / });
  await expect(differences).toHaveCount(1);

  phone.wire.cut();
  for (const number of ["5", "4"]) {
    await openCard(phone, COMPLAINTS);
    await amount(phone).fill(number);
    await saveCard(phone);
    await openMenu(phone, "Isi data");
  }
  await expect(phone.status).toContainText("2 belum terkirim");
  phone.wire.restore();
  await phone.expectState("green");

  await expect(differences).toHaveCount(1);
  await openEntry(laptop);
  await expect(cell(laptop, COMPLAINTS)).toHaveValue("4");
});

test("two creates of one value without a connection are one record", async ({ office, device }) => {
  const kasi = await device("kasi");
  await signIn(kasi, "Kasi Trantibum");
  await openEntry(kasi);
  const team = await device("tim");
  await signIn(team, "Anggota Tim");
  await openEntry(team, "Seksi Ketenteraman dan Ketertiban");

  const blank = kasi.page.getByRole("textbox", { name: /^Realisasi / }).and(kasi.page.locator(":placeholder-shown, :not([value])"));
  const names = await blank.evaluateAll((all) =>
    all.filter((box) => (box as HTMLInputElement).value === "").map((box) => box.getAttribute("aria-label") ?? ""),
  );
  const [first, second] = names.map((name) => name.replace(/^Realisasi /, ""));
  expect(second, "two figures that nobody filled").toBeTruthy();
  const inspector = await Inspector.open(office, /^Inspektorat/);
  const before = (await inspector.log()).length;

  kasi.wire.cut();
  team.wire.cut();
  await enter(kasi, first, "3");
  await enter(team, first, "3");
  await enter(kasi, second, "2");
  await enter(team, second, "4");
  await expect(kasi.status).toContainText("2 belum terkirim");
  await expect(team.status).toContainText("2 belum terkirim");
  kasi.wire.restore();
  await kasi.expectState("green");
  team.wire.restore();
  await team.expectState("green");

  expect(await inspector.log()).toHaveLength(before + 4);
  await openMenu(kasi, "Angka berbeda");
  await test.step("equal values are one, different ones are asked once", async () => {
    await expect(kasi.page.getByText(NONE)).toBeHidden();
    const mine = kasi.page.getByRole("link", { name: /^Lihat: / }).filter({ hasText: "Lihat" });
    await expect(mine.and(kasi.page.getByRole("link", { name: new RegExp(escape(second)) }))).toHaveCount(1);
    await expect(mine.and(kasi.page.getByRole("link", { name: new RegExp(escape(first)) }))).toHaveCount(0);
  });
  await openEntry(kasi);
  await expect(cell(kasi, first)).toHaveValue("3");
});

function escape(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

test("while two answers stand, Rekap and the paper say which one they use", async ({ device }) => {
  const said = /Hitungan memakai yang pertama tiba sampai ada keputusan\./;
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Rekap capaian");
  await page.getByRole("button", { name: `Cara hitung: ${COMPLAINTS}` }).first().click();
  await expect(page.getByRole("dialog", { name: COMPLAINTS })).toBeVisible();
  await expect(page.getByText(said)).toBeHidden();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Cara hitung: ${NAGARI}` }).first().click();
  await expect(page.getByRole("dialog", { name: NAGARI }).getByText(said)).toBeVisible();
  await laptop.goto("/rekap/cetak");
  await expect(page.getByText(said)).toHaveCount(1);
});
