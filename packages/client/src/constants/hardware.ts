// SPDX-License-Identifier: Apache-2.0

import type { NicDuplex } from "../gen/hostscope/v1/network_plain.ts";

/** Both directions at once; psutil.NIC_DUPLEX_FULL. */
export const NIC_DUPLEX_FULL = "full" satisfies NicDuplex;
/** One direction at a time; psutil.NIC_DUPLEX_HALF. */
export const NIC_DUPLEX_HALF = "half" satisfies NicDuplex;
/** The driver does not tell; psutil.NIC_DUPLEX_UNKNOWN. */
export const NIC_DUPLEX_UNKNOWN = null;

/** How long the battery lasts cannot be told; psutil.POWER_TIME_UNKNOWN. */
export const POWER_TIME_UNKNOWN = null;
/** The battery does not run empty because power is connected; psutil.POWER_TIME_UNLIMITED. */
export const POWER_TIME_UNLIMITED = Number.POSITIVE_INFINITY;
