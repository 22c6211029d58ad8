import { expect, test as base } from "@playwright/test";

import { Device, type DeviceOptions } from "./device.ts";
import { Office, type OfficeOptions } from "./office.ts";

export { expect };
export type { Device, Office };

interface Journey {
  /** Options of this journey's office. */
  officeOptions: OfficeOptions;
  office: Office;
  /** Opens a device that reaches the office over its own wire. */
  device: (name: string, options?: DeviceOptions) => Promise<Device>;
}

/** A journey fails on any policy violation, console error or exception of any device. */
export const test = base.extend<Journey>({
  officeOptions: [{}, { option: true }],
  office: async ({ officeOptions }, use, info) => {
    const office = await Office.open(officeOptions);
    await use(office);
    await office.close();
    if (info.status !== info.expectedStatus) await info.attach("server.log", { body: office.log });
  },
  device: async ({ office }, use) => {
    const devices: Device[] = [];
    await use(async (name, options) => {
      const device = await Device.open(name, () => office.port, options);
      devices.push(device);
      return device;
    });
    for (const device of devices) await device.close();
    for (const device of devices) expect(device.faults, `${device.name}: faults`).toEqual([]);
  },
});
