import { expectAccessible, PHONE, tabTo } from "../support/accessibility.ts";
import { forge, Inspector } from "../support/inspector.ts";
import { type Device, expect, test } from "../support/journey.ts";
import { expectFits } from "../support/paper.ts";
import { amount, cell, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const ORDER = "Persentase koordinasi ketentraman dan ketertiban umum";

// Each screen is looked at three times; a slow machine takes its time.
test.setTimeout(240_000);

/** Opens a deep link and waits for the screen's own heading. */
async function open(device: Device, route: string, heading: string | RegExp): Promise<void> {
  await device.goto(route);
  await expect(device.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** A summary of errors that has the focus, as it must when a form is refused. */
async function expectSummary(device: Device): Promise<void> {
  const summary = device.page.getByRole("alert").filter({ hasText: "Ada yang perlu diperbaiki" });
  await expect(summary).toBeFocused();
}

/** Where the person's own unit is entered. */
async function entryRoute(device: Device): Promise<string> {
  const link = device.page.getByRole("navigation", { name: "Menu utama" }).getByRole("link", { name: "Isi data" });
  return (await link.getAttribute("href")) ?? "";
}

test("the ways in are accessible", async ({ device }) => {
  const laptop = await device("laptop");
  await laptop.goto("/");
  await expect(laptop.page.getByRole("button", { name: /^Kasi Pemerintahan/ })).toBeVisible();
  await laptop.page.getByText("Orang lain", { exact: true }).click();
  await laptop.page.getByText("Masuk dengan kata sandi").click();
  await laptop.page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "sign-in with errors");

  await signIn(laptop, "Kasi Pemerintahan");
  await open(laptop, "/masuk", "Kecamatan Contoh");
  await expectAccessible(laptop, "a second person signs in");
  await open(laptop, "/tidak-ada", "Halaman tidak ditemukan");
  await expectAccessible(laptop, "a wrong address");
});

test("the page of a browser that keeps nothing is accessible", async ({ device }) => {
  const phone = await device("hp", {
    phone: true,
    script: () => {
      Object.defineProperty(window, "indexedDB", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    },
  });
  await open(phone, "/isi", "Takar tidak dapat menyimpan di perangkat ini");
  await expectAccessible(phone, "a browser that keeps nothing");
});

test.describe("a new office", () => {
  test.use({ officeOptions: { demo: false } });

  test("the first run is accessible", async ({ device }) => {
    const laptop = await device("laptop");
    await open(laptop, "/", "Buka kantor baru");
    await expectAccessible(laptop, "first run");
    await laptop.page.getByRole("button", { name: "Buka kantor" }).click();
    await expectSummary(laptop);
    await expectAccessible(laptop, "first run with errors");
  });
});

test("entering and sending are accessible, also with drafts, errors and open dialogs", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Trantibum");
  const entry = await entryRoute(laptop);
  await page.getByText("Lanjutan", { exact: true }).click();
  await page.getByRole("banner").locator("summary").click();
  await expect(page.getByRole("link", { name: "Masuk sebagai orang lain" })).toBeVisible();
  await expectAccessible(laptop, "Beranda with its menus open");

  await open(laptop, entry, /^Isi data /);
  const blank = page.getByRole("textbox", { name: /^Realisasi / }).first();
  await blank.fill("-3x");
  await blank.press("Tab");
  await expect(blank).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("switch", { name: "Tampilkan catatan" }).check();
  await expectAccessible(laptop, "Isi data with a wrong number and notes");
  await page.getByRole("button", { name: "Tempel dari Excel" }).click();
  await expect(page.getByRole("dialog", { name: "Tempel dari Excel" })).toBeVisible();
  await expectAccessible(laptop, "the dialog for pasting");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^Rincian / }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Simpan", exact: true }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "the detail's dialog with errors");
  await page.keyboard.press("Escape");

  await open(laptop, "/belum-terkirim", "Belum terkirim");
  await expect(page.getByRole("heading", { name: "Draf belum disimpan" })).toBeVisible();
  await expectAccessible(laptop, "Belum terkirim with a draft");
  await open(laptop, entry.replace("/isi/", "/kirim/"), /^Periksa & kirim/);
  await page.getByRole("button", { name: "Kirim saja" }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "Periksa & kirim with gaps");
});

test("a phone's cards are accessible, also with errors, an open menu and an open dialog", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  const { page } = phone;
  await signIn(phone, "Staf lapangan");
  await page.getByText("Lanjutan", { exact: true }).click();
  await expectAccessible(phone, "Beranda with the menu open", PHONE);
  await page.getByRole("button", { name: "Kembalikan data contoh" }).click();
  await expect(page.getByRole("dialog", { name: "Kembalikan data contoh" })).toBeVisible();
  await expectAccessible(phone, "the demo's dialog", PHONE);
  await page.keyboard.press("Escape");

  await openEntry(phone);
  await openCard(phone, "Nagari tertib administrasi");
  await page.getByRole("checkbox", { name: /^Nagari Contoh P/ }).uncheck();
  await expect(phone.status).toContainText("1 draf belum disimpan");
  await expectAccessible(phone, "a card with nagari", PHONE);

  await openMenu(phone, "Isi data");
  await openCard(phone, INDICATOR);
  await amount(phone).fill("1,2,3");
  await page.getByText(/^Sumber data/).click();
  await saveCard(phone);
  await expectSummary(phone);
  await expectAccessible(phone, "a card with an error", PHONE);
});

test("deciding and validating are accessible", async ({ office, device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Pemerintahan");
  const entry = await entryRoute(laptop);

  await open(laptop, entry.replace("/isi/", "/validasi/"), /^Validasi data/);
  const figure = page.getByRole("article", { name: INDICATOR });
  await figure.getByText("Riwayat", { exact: true }).click();
  await figure.getByRole("button", { name: "Kembalikan" }).click();
  await figure.getByRole("button", { name: "Kembalikan" }).click();
  await expect(figure.getByRole("textbox", { name: "Apa yang perlu diperbaiki?" })).toBeFocused();
  await expectAccessible(laptop, "Validasi with an error");

  await open(laptop, "/beda", "Angka berbeda");
  await expectAccessible(laptop, "Angka berbeda");
  await page.getByRole("link", { name: /^Lihat: / }).click();
  await page.getByRole("button", { name: "Gunakan “sudah”" }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "one difference without a reason");

  laptop.wire.block("/api/v1/push");
  await openEntry(laptop);
  await cell(laptop, INDICATOR).fill("5");
  await cell(laptop, INDICATOR).press("Enter");
  await expect(laptop.status).toContainText("1 belum terkirim");
  await openMenu(laptop, "Belum terkirim");
  await expect(page.getByRole("heading", { name: "Menunggu terkirim" })).toBeVisible();
  await expectAccessible(laptop, "Belum terkirim with an entry");
  laptop.wire.restore();

  const staff = await Inspector.open(office, /^Staf lapangan/);
  const theirs = (await staff.log()).findLast((entry) => entry.author === staff.person);
  if (!theirs) throw new Error("the demo's officer wrote nothing");
  const stranger = await Inspector.open(office, /^Inspektorat/);
  expect((await stranger.push([forge(theirs)])).flat()).toContain("held");
  await open(laptop, "/ditahan", "Ditahan dan data susulan");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await expectAccessible(laptop, "Ditahan with an entry");
});

test("the steps are accessible, also with errors and open dialogs", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Sekretaris");
  await open(laptop, "/tahapan", /^Tahapan pengukuran/);
  await expectAccessible(laptop, "Tahapan");
  const steps = await page.getByRole("link", { name: "Perintah" }).getAttribute("href");
  const cycle = (steps ?? "").replace(/\/1$/, "");
  await open(laptop, `${cycle}/waktu`, "Waktu pelaksanaan SOP");
  await expectAccessible(laptop, "Waktu pelaksanaan SOP");
  await open(laptop, `${cycle}/bagan`, "Diagram alir");
  await expectAccessible(laptop, "Diagram alir");
  await open(laptop, `${cycle}/1`, "Tahap 1: Perintah");
  await expectAccessible(laptop, "a step that is done");
  await page.getByRole("button", { name: "Buka kembali" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Buka kembali" }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "opening a step again without a reason");

  await open(laptop, `${cycle}/101`, /^Kompilasi/);
  await expectAccessible(laptop, "a step with units to give back to");
  await open(laptop, `${cycle}/7`, /^Tahap 7/);
  await page.getByRole("link", { name: "Buka: Seksi Pemerintahan" }).click();
  await expect(page.getByRole("link", { name: "Buka Angka berbeda" })).toBeVisible();
  await expectAccessible(laptop, "a step with something in the way");
  await open(laptop, `${cycle}/6`, /^Tahap 6/);
  await page.getByRole("button", { name: "Selesai" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Selesai" }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "ending a step without its minutes");
});

test("recap, paper and help are accessible", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Sekretaris");
  await open(laptop, "/rekap", /^Rekap capaian/);
  await expectAccessible(laptop, "Rekap capaian");
  await page.getByRole("button", { name: `Cara hitung: ${INDICATOR}` }).first().click();
  await expect(page.getByRole("dialog", { name: INDICATOR })).toBeVisible();
  await expectAccessible(laptop, "how a capaian is computed");

  await laptop.goto("/rekap/cetak");
  await expect(page.getByText("FORM PENGUKURAN KINERJA").first()).toBeVisible();
  await expectAccessible(laptop, "the printed form");
  for (const paper of ["A4", "F4"] as const) {
    await page.getByRole("combobox", { name: "Kertas" }).selectOption(paper.toLowerCase());
    await expectFits(laptop, paper);
  }
  await open(laptop, "/isi", "Isi data");
  await expectAccessible(laptop, "the choice of a unit");
  await open(laptop, "/bantuan", "Bantuan");
  await expectAccessible(laptop, "Bantuan");
});

test("the choices of a unit and an empty form are accessible", async ({ device }) => {
  const member = await device("sekretaris");
  await signIn(member, "Sekretaris");
  for (const [route, screen] of [["/kirim", "send"], ["/validasi", "validate"]] as const) {
    await open(member, route, /./);
    await expectAccessible(member, `the choice of a unit to ${screen}`);
  }

  const kasi = await device("kasi");
  await signIn(kasi, "Kasi Pemerintahan");
  await openEntry(kasi);
  await kasi.page.getByRole("link", { name: "Formulir kosong" }).click();
  await expect(kasi.page.getByRole("article").first()).toBeVisible();
  await expectAccessible(kasi, "an empty form to be printed");
});

test("the settings are accessible", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Admin");
  await open(laptop, "/pengaturan", "Pengaturan");
  await expectAccessible(laptop, "Pengaturan");
  for (const place of ["kantor", "nagari", "tahapan", "rencana", "kebijakan", "sop", "kalender", "perangkat"]) {
    await open(laptop, `/pengaturan/${place}`, /./);
    await expectAccessible(laptop, `Pengaturan, ${place}`);
  }
  await open(laptop, "/pengaturan/sop", /./);
  await page.getByRole("main").locator('a[href^="/pengaturan/sop/"]').first().click();
  await expect(page.getByRole("article").first()).toBeVisible();
  await expectAccessible(laptop, "the printed SOP");
  await open(laptop, "/pengaturan/rencana", "Rencana kinerja");
  await page.getByRole("main").getByRole("link", { name: INDICATOR }).click();
  await expect(page.getByRole("heading", { level: 1, name: INDICATOR })).toBeVisible();
  await expectAccessible(laptop, "one indicator's settings");
});

test("people, units and passwords are accessible, also with errors", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Admin");
  await open(laptop, "/pengaturan/unit", "Unit kerja");
  await expectAccessible(laptop, "units");
  await page.getByRole("button", { name: "Tambah unit" }).click();
  await page.getByRole("button", { name: "Simpan", exact: true }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "a new unit with errors");

  await open(laptop, "/pengaturan/orang", "Orang dan jabatan");
  await expectAccessible(laptop, "people");
  await page.getByRole("main").getByRole("link", { name: /Kasi Pemerintahan/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Kasi Pemerintahan" })).toBeVisible();
  await expectAccessible(laptop, "one person");

  await open(laptop, "/pengaturan/sandi", "Kata sandi saya");
  await page.getByRole("button", { name: "Simpan", exact: true }).click();
  await expectSummary(laptop);
  await expectAccessible(laptop, "an own password that is too short");
});

test("a form is entered and sent by keyboard alone", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  const { keyboard } = page;
  await laptop.goto("/");

  await test.step("signing in and the way to Isi data", async () => {
    await tabTo(page, page.getByRole("button", { name: /^Kasi Trantibum/ }));
    await keyboard.press("Enter");
    const entry = page.getByRole("navigation", { name: "Menu utama" }).getByRole("link", { name: /^Isi data/ });
    await tabTo(page, entry);
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /^Isi data / })).toBeVisible();
  });

  await test.step("a number in the grid, saved by going on", async () => {
    await tabTo(page, cell(laptop, ORDER));
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("96,5");
    await keyboard.press("Enter");
    await expect(cell(laptop, ORDER)).not.toBeFocused();
    await laptop.expectState("green");
  });

  await test.step("the detail: a note is written, and focus goes back to what opened it", async () => {
    const detail = page.getByRole("button", { name: `Rincian ${ORDER}` });
    await tabTo(page, detail, "Shift+Tab");
    await keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: ORDER });
    await expect(dialog).toBeVisible();
    await tabTo(page, dialog.getByRole("textbox", { name: /^Kendala/ }));
    await keyboard.type("Menunggu jawaban nagari.");
    await tabTo(page, dialog.getByRole("button", { name: "Simpan", exact: true }));
    await keyboard.press("Space");
    await expect(dialog).toBeHidden();
    await expect(detail).toBeFocused();
    await laptop.expectState("green");
  });

  await test.step("sent", async () => {
    await tabTo(page, page.getByRole("link", { name: "Periksa & kirim" }), "Shift+Tab");
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /^Periksa & kirim/ })).toBeVisible();
    const answer = page.getByRole("main").getByRole("listitem").filter({ hasText: ORDER });
    await expect(answer).toContainText("96,5%");
    await expect(answer).toContainText("Menunggu jawaban nagari.");
    await tabTo(page, page.getByRole("checkbox", { name: /^Kirim walau belum lengkap/ }));
    await keyboard.press("Space");
    await tabTo(page, page.getByRole("button", { name: "Kirim saja" }));
    await keyboard.press("Enter");
    await expect(page.getByText("Sudah dikirim ke kepala unit.")).toBeVisible();
    await laptop.expectState("green");
  });
});
