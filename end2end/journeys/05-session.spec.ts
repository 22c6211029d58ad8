import { forge, Inspector } from "../support/inspector.ts";
import { expect, test } from "../support/journey.ts";
import { amount, openCard, openEntry, openMenu, pressPerson, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

test("a session revoked while offline pauses sending and changes no author", async ({ office, device }) => {
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await phone.expectState("green");
  await phone.waitUntilInstalled();
  phone.wire.cut();
  await openCard(phone, INDICATOR);
  await amount(phone).fill("5");
  await saveCard(phone);
  await expect(phone.status).toContainText("1 belum terkirim");

  const admin = await Inspector.open(office, /^Admin/);
  const staff = await admin.personOf(/^Staf lapangan/);
  await admin.call("set_password", { acting: admin.person, person: staff, new: "sandi-baru-2026" });
  const before = (await admin.log()).length;

  await test.step("connected again it asks for the password and loses nothing", async () => {
    phone.wire.restore();
    await phone.expectState("signin");
    await expect(phone.status).toContainText("Perlu masuk lagi untuk mengirim");
    await openMenu(phone, "Belum terkirim");
    const waits = phone.page.getByRole("main").getByRole("listitem").filter({ hasText: INDICATOR }).first();
    await expect(waits).toContainText("belum terkirim");
    expect(await admin.log()).toHaveLength(before);
  });

  await test.step("another person signs in on the same phone, then the first one again", async () => {
    await phone.goto("/masuk");
    await pressPerson(phone, "Kasi Pemerintahan");
    // On a phone too, in words: initials are alike for several people.
    await expect(phone.page.getByRole("banner").getByText("Kasi Pemerintahan", { exact: true }).first()).toBeVisible();
    // Her session carries what waits on this device, and it stays the work of who made it.
    await phone.expectState("green");
    const carried = (await admin.log()).slice(before);
    expect(carried.map((entry) => [entry.author, entry.outcomes])).toEqual([[staff, ["applied"]]]);
    await phone.goto("/masuk");
    await phone.page.getByText("Masuk dengan kata sandi").click();
    await phone.page.getByRole("textbox", { name: "Nama pengguna" }).fill("staf.lapangan");
    await phone.page.getByLabel("Kata sandi").fill("sandi-baru-2026");
    await phone.page.getByRole("button", { name: "Masuk", exact: true }).click();
  });

  await test.step("it goes on by itself, in the name of who made it", async () => {
    await phone.expectState("green");
    const log = await admin.log();
    const mine = log.slice(before);
    expect(mine).toHaveLength(1);
    expect(mine[0].author).toBe(staff);
    expect(mine[0].outcomes).toEqual(["applied"]);
  });
});

test("a batch in another's name without a valid MAC is held", async ({ office }) => {
  const camat = await Inspector.open(office, /^Camat/);
  const theirs = (await camat.log()).findLast((entry) => entry.author !== camat.person);
  if (!theirs) throw new Error("the demo's log is empty");
  const before = (await camat.log()).length;
  const outcomes = await camat.push([forge(theirs)]);
  expect(outcomes.flat()).not.toContain("applied");
  expect(outcomes.flat()[0]).toBe("held");
  expect((await camat.log()).length - before).toBeLessThanOrEqual(1);
});
