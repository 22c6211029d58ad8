import { Inspector, type Logged } from "../support/inspector.ts";
import { expect, test } from "../support/journey.ts";
import { enter, openEntry, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

/** The newest device's numbers in the log, in order. */
function numbersOf(log: Logged[], device: string): number[] {
  return log.filter((entry) => entry.device === device).map((entry) => entry.number);
}

test("kill -9 in the middle of a push loses and doubles nothing", async ({ office, device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  const rounds = ["9", "8", "7", "5", "4"];
  for (const number of rounds) {
    await test.step(`the office dies while ${number} is on its way`, async () => {
      const pushed = laptop.wire.request("/api/v1/push");
      await enter(laptop, INDICATOR, number);
      await pushed;
      await office.kill();
      await office.start();
      await laptop.expectState("green");
    });
  }
  const log = await (await Inspector.open(office, /^Inspektorat/)).log();
  const device_ = log[log.length - 1].device;
  expect(numbersOf(log, device_)).toEqual(rounds.map((_, index) => index + 1));
  expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1));
});

test("devices heal an office that was restored from an older copy", async ({ office, device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await enter(laptop, INDICATOR, "9");
  await laptop.expectState("green");

  await office.stop();
  const copy = await office.backUp();
  await office.start();
  await laptop.expectState("green");
  for (const number of ["8", "7"]) {
    await enter(laptop, INDICATOR, number);
    await laptop.expectState("green");
  }
  const before = await (await Inspector.open(office, /^Inspektorat/)).log();

  await office.stop();
  await office.restore(copy);
  await office.start();
  await test.step("what the copy lacked is there again, once", async () => {
    const inspector = await Inspector.open(office, /^Inspektorat/);
    const ids = (log: Logged[]) => log.map((entry) => entry.id).sort();
    await expect.poll(async () => ids(await inspector.log())).toEqual(ids(before));
    await laptop.expectState("green");
  });
});
