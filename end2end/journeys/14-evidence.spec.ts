import { expectAccessible, PHONE, tabTo } from "../support/accessibility.ts";
import { drawn, line, pdf, photo, pick, proofs, SECRET } from "../support/evidence.ts";
import { Inspector } from "../support/inspector.ts";
import { expect, test, type Device, type Office } from "../support/journey.ts";
import { amount, candidate, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const UPLOADS = "/api/v1/uploads";

interface Listed {
  name: string;
  captured?: string;
  date?: string;
  position?: { latitude: string; longitude: string };
  file: { sha256: string; size: number; media: string };
  thumbnail?: { sha256: string };
}

/** A phone on the indicator's card. */
async function onCard(device: Device): Promise<void> {
  await signIn(device, "Staf lapangan");
  await openEntry(device);
  await openCard(device, INDICATOR);
  await expect(proofs(device)).toBeVisible();
}

/** The evidence of the newest value in the office's log. */
async function listed(office: Office): Promise<Listed[]> {
  const log = await (await Inspector.open(office, /^Inspektorat/)).log();
  const values = log.flatMap((entry) => entry.values as { evidence?: Listed[] }[]);
  return values.findLast((value) => value?.evidence)?.evidence ?? [];
}

test("a photo taken offline survives SIGKILL and arrives after its value, without its place", async ({ office, device }) => {
  const phone = await device("hp", { phone: true });
  await onCard(phone);
  await phone.waitUntilInstalled();
  const route = new URL(phone.page.url()).pathname;
  // Signed in at the office, used elsewhere: the browser was closed in between.
  await phone.restart();
  await phone.goto(route);
  await expect(proofs(phone)).toBeVisible();
  phone.wire.cut();

  await test.step("picked: small picture, name, time, and a draft", async () => {
    await amount(phone).fill("5");
    await pick(phone, await photo(phone, "rapat.jpg"));
    await expect(line(proofs(phone), "rapat.jpg")).toContainText("diambil 6 Oktober 2026 14.03");
    await expect(line(proofs(phone), "rapat.jpg")).toContainText("draf");
    await expect.poll(() => drawn(line(proofs(phone), "rapat.jpg"))).toBe(320);
    await expect(phone.status).toContainText("1 draf belum disimpan");
  });

  await test.step("the battery dies before anybody saves", async () => {
    const last = Date.now();
    await expect.poll(() => Date.now() - last).toBeGreaterThan(1000);
    await phone.kill();
    await phone.start();
    await phone.goto(route);
    await expect.poll(() => drawn(line(proofs(phone), "rapat.jpg"))).toBe(320);
    await saveCard(phone);
    await expect(phone.status).toContainText("1 belum terkirim");
  });

  await test.step("the value is there while the photo still waits", async () => {
    phone.wire.restore();
    phone.wire.block(UPLOADS);
    await expect.poll(async () => (await listed(office)).map((one) => one.name)).toEqual(["rapat.jpg"]);
    await expect(phone.status).toContainText("1 berkas belum terkirim");
    const [{ file }] = await listed(office);
    const inspector = await Inspector.open(office, /^Inspektorat/);
    expect((await inspector.file(file.sha256)).status).toBe(404);
  });

  await test.step("then the photo, smaller, with its time and without its place", async () => {
    phone.wire.restore();
    await phone.expectState("green");
    const [one] = await listed(office);
    expect(one.captured).toBe("2026-10-06T14:03:22");
    expect(one.position).toBeUndefined();
    const inspector = await Inspector.open(office, /^Inspektorat/);
    for (const { sha256 } of [one.file, one.thumbnail ?? one.file]) {
      const { status, headers, bytes } = await inspector.file(sha256);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("image/jpeg");
      expect(bytes.includes(SECRET), "the place is not in it").toBe(false);
      expect(bytes.includes("Exif"), "nor anything else that the camera wrote").toBe(false);
    }
    const width = await phone.page.evaluate(async (path) => {
      const picture = await createImageBitmap(await (await fetch(path)).blob());
      return picture.width;
    }, `/api/v1/files/${one.file.sha256}`);
    expect(width).toBe(1600);
  });
});

test("an upload that is cut at every part goes on where it stood", async ({ office, device }) => {
  const phone = await device("hp", { phone: true });
  await onCard(phone);
  phone.wire.cut();
  const file = pdf("laporan.pdf", 900_000);
  await pick(phone, file);
  await expect(line(proofs(phone), "laporan.pdf")).toContainText("878 KB");
  await saveCard(phone);
  await expect(phone.status).toContainText("1 belum terkirim");

  phone.wire.restore();
  phone.wire.cutEvery(`${UPLOADS}/`);
  // Nobody presses anything, and nothing tells the browser of a signal.
  await expect(phone.status).toHaveAttribute("data-state", "green", { timeout: 100_000 });
  expect(phone.wire.cuts).toBeGreaterThan(8);

  const [one] = await listed(office);
  const { status, headers, bytes } = await (await Inspector.open(office, /^Inspektorat/)).file(one.file.sha256);
  expect(status).toBe(200);
  expect(bytes.equals(file.buffer)).toBe(true);
  expect(headers.get("content-disposition")).toMatch(/^attachment; filename="bukti-[0-9a-f]{12}\.pdf"$/);
  const sent = phone.wire.sent(UPLOADS);
  expect(sent).toBeGreaterThan(file.buffer.length);
  // The browser by itself repeats a request whose kept connection died without an
  // answer: the first part, and another one now and then on a busy machine; what
  // broke goes on over a new connection.
  expect(sent / file.buffer.length, "bytes sent by size of the file").toBeLessThan(2);
});

test("an upload that is held says how far each file and all of them came", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await onCard(phone);
  phone.wire.cut();
  await pick(phone, pdf("laporan.pdf", 900_000), pdf("daftar hadir.pdf", 600_000, 2));
  await expect(proofs(phone).getByRole("listitem")).toHaveCount(2);
  await saveCard(phone);
  await openMenu(phone, "Belum terkirim");
  const main = phone.page.getByRole("main");
  const row = (name: string) => main.getByRole("listitem").filter({ hasText: name }).filter({ hasText: "KB" });
  const all = main.getByRole("paragraph").filter({ hasText: /^2 berkas, / });
  await expect(all).toHaveText(/^2 berkas, \d KB dari 1,4 MB terkirim/);
  await expect(row("laporan.pdf")).toContainText("878 KB");
  await expect(row("laporan.pdf")).toContainText("belum terkirim");

  const part = phone.wire.hold(`${UPLOADS}/`);
  phone.wire.restore();
  await part.seen;
  await phone.page.getByRole("switch", { name: "Jeda pengiriman berkas" }).click();
  part.release();
  await expect(all).toHaveText("2 berkas, 256 KB dari 1,4 MB terkirim Berkas dijeda.");
  const begun = main.getByRole("listitem").filter({ hasText: /mengirim (29|43)%/ });
  await expect(begun).toHaveCount(1);
  await expect(begun.getByRole("progressbar")).toHaveAccessibleName(/pdf$/);
  await expect(main.getByRole("listitem").filter({ hasText: /KB\s*belum terkirim/ })).toHaveCount(1);

  await test.step("it goes on where it stood", async () => {
    await phone.page.getByRole("switch", { name: "Jeda pengiriman berkas" }).click();
    await phone.expectState("green");
    expect(phone.wire.sent(UPLOADS)).toBeGreaterThan(1_500_000);
  });
});

test("a file that the office would not take is refused in words when it is picked", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await onCard(phone);
  phone.wire.cut();
  await expect(proofs(phone)).toContainText("paling besar 20 MB");
  const alert = proofs(phone).getByRole("alert");

  await pick(phone, pdf("besar.pdf", (20 << 20) + 1));
  await expect(alert).toContainText("besar.pdf: Berkas ini lebih besar dari 20 MB");
  await pick(phone, { name: "laporan.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ program") });
  await expect(alert).toContainText("laporan.pdf: Jenis berkas ini tidak dapat dilampirkan");
  await pick(phone, { name: "kosong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) });
  await expect(alert).toContainText("kosong.pdf: Berkas ini kosong");
  await expect(proofs(phone).getByRole("listitem")).toHaveCount(0);
  await expect(phone.status).not.toContainText("draf");

  await pick(phone, pdf("pas.pdf", 20 << 20));
  await expect(line(proofs(phone), "pas.pdf")).toContainText("20 MB");
  await expect(alert).toHaveText("");
});

test("the head of the unit opens the evidence, an outsider cannot", async ({ office, device }) => {
  const phone = await device("hp", { phone: true });
  await onCard(phone);
  await pick(phone, await photo(phone, "rapat.jpg"), pdf("daftar hadir.pdf", 50_000));
  await expect(line(proofs(phone), "daftar hadir.pdf")).toBeVisible();
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Validasi");
  const proof = candidate(laptop, INDICATOR).getByRole("list", { name: "Bukti dukung" });

  await test.step("a photo that comes later shows without opening the page again", async () => {
    phone.wire.block(UPLOADS);
    await saveCard(phone);
    await expect(line(proof, "rapat.jpg")).toContainText("Belum dapat dibuka");
    phone.wire.restore();
    await phone.expectState("green");
    await expect.poll(() => drawn(line(proof, "rapat.jpg"))).toBe(320);
    await expect(line(proof, "rapat.jpg")).not.toContainText("Belum dapat dibuka");
  });

  await test.step("a photo opens in a page that can do nothing", async () => {
    const opened = laptop.context.waitForEvent("page");
    await proof.getByRole("link", { name: "rapat.jpg" }).click();
    const answer = await (await opened).waitForResponse(/api.v1.files/).catch(() => undefined);
    const shown = await opened;
    await expect.poll(() => shown.url()).toContain("/api/v1/files/");
    expect(answer?.headers()["content-security-policy"] ?? "sandbox").toContain("sandbox");
    await shown.close();
  });

  await test.step("anything else is given as a file", async () => {
    const given = laptop.page.waitForEvent("download");
    const opened = laptop.context.waitForEvent("page").catch(() => undefined);
    await proof.getByRole("link", { name: "daftar hadir.pdf" }).click();
    const page = await opened;
    const download = await (page ? Promise.race([given, page.waitForEvent("download")]) : given);
    expect(download.suggestedFilename()).toMatch(/^bukti-[0-9a-f]{12}\.pdf$/);
  });

  await test.step("who is not of the office gets nothing", async () => {
    const [{ file }] = await listed(office);
    const outsider = await device("luar");
    await outsider.goto("/");
    const answer = await outsider.context.request.get(`/api/v1/files/${file.sha256}`);
    expect(answer.status()).toBe(401);
    expect((await answer.body()).includes("JFIF")).toBe(false);
  });
});

test("files wait for a press or for Wi-Fi, while numbers go", async ({ device }) => {
  const phone = await device("hp", {
    phone: true,
    script: () => {
      // The Network Information API as a phone has it.
      const connection = Object.assign(new EventTarget(), { type: "cellular" });
      Object.defineProperty(navigator, "connection", { get: () => connection });
    },
  });
  const connect = (type: string) =>
    phone.page.evaluate((type) => {
      const connection = (navigator as unknown as { connection: EventTarget }).connection;
      Object.assign(connection, { type }).dispatchEvent(new Event("change"));
    }, type);
  const flip = (name: string) => phone.page.getByRole("switch", { name }).click();
  await onCard(phone);
  phone.wire.cut();
  await pick(phone, pdf("laporan.pdf", 300_000));
  await expect(line(proofs(phone), "laporan.pdf")).toBeVisible();
  await saveCard(phone);
  await openMenu(phone, "Belum terkirim");
  await flip("Lewat Wi-Fi saja");
  await expect(phone.page.getByText("Peramban ini tidak memberi tahu")).toHaveCount(0);
  await expectAccessible(phone, "Belum terkirim with a file", PHONE);

  phone.wire.restore();
  await expect(phone.status).toContainText("1 berkas belum terkirim");
  await expect(phone.page.getByText("Menunggu Wi-Fi.")).toBeVisible();
  expect(phone.wire.sent(UPLOADS)).toBe(0);

  await test.step("Wi-Fi comes while the person presses pause", async () => {
    await flip("Jeda pengiriman berkas");
    await connect("wifi");
    await expect(phone.page.getByText("Berkas dijeda.")).toBeVisible();
    expect(phone.wire.sent(UPLOADS)).toBe(0);
  });
  await test.step("the choice holds after a restart, until it is taken back", async () => {
    await phone.restart();
    await phone.goto("/belum-terkirim");
    await expect(phone.page.getByText("Berkas dijeda.")).toBeVisible();
    await connect("wifi");
    await flip("Jeda pengiriman berkas");
    await phone.expectState("green");
    expect(phone.wire.sent(UPLOADS)).toBeGreaterThan(300_000);
  });
});

test("evidence of a nagari's row: dated, placed with consent, removed and brought back, by keyboard", async ({ office, device }) => {
  const phone = await device("hp", { phone: true });
  const { page } = phone;
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await openCard(phone, "Nagari tertib administrasi");
  const nagari = page.getByRole("checkbox", { name: /^Nagari Contoh/, checked: true }).first();
  const name = (await nagari.evaluate((box) => box.closest("label")?.querySelector("span")?.firstChild?.textContent)) ?? "";
  await page.locator("summary").filter({ hasText: `${name} tanggal` }).click();
  const list = page.getByRole("group", { name: `Bukti dukung ${name}` });
  const taken = await photo(phone, "kantor.jpg");
  // A screenshot of a chat: no camera says when it was.
  taken.buffer = Buffer.concat([taken.buffer.subarray(0, 2), taken.buffer.subarray(4 + taken.buffer.readUInt16BE(4))]);
  await list.locator("input[type=file]:not([capture])").setInputFiles([taken]);

  await test.step("the day is asked, the place only with consent", async () => {
    await list.getByLabel("Tanggal kegiatan").fill("2026-09-29");
    await expect(list).toContainText("29 September 2026");
    await expect(list.getByRole("checkbox", { name: /^Sertakan lokasi/ })).not.toBeChecked();
    await phone.context.grantPermissions(["geolocation"]);
    await phone.context.setGeolocation({ latitude: -0.305152, longitude: 100.369213, accuracy: 12 });
    await list.getByRole("checkbox", { name: /^Sertakan lokasi/ }).check();
    await expect(list).toContainText("dengan lokasi");
    await expectAccessible(phone, "evidence of a row", PHONE);
  });

  await test.step("removed and brought back without a mouse", async () => {
    await tabTo(page, list.getByRole("button", { name: "Hapus kantor.jpg" }));
    await page.keyboard.press("Enter");
    await expect(list.getByRole("listitem")).toHaveCount(0);
    await expect(list.getByText("kantor.jpg dihapus.")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(list.getByRole("button", { name: "Urungkan" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(list).toContainText("dengan lokasi");
  });

  await saveCard(phone);
  await phone.expectState("green");
  const [one] = await listed(office);
  expect([one.name, one.date, one.captured]).toEqual(["kantor.jpg", "2026-09-29", undefined]);
  expect(one.position).toMatchObject({ latitude: "-0.30515", longitude: "100.36921" });
});
