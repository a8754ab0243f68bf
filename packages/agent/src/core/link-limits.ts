// SPDX-License-Identifier: Apache-2.0

/** Bytes of a frame to the core: a request, or a piece of input for a started program. */
export const MAX_REQUEST_FRAME = 8 << 20;

/** Bytes of a frame from the core: lists come in small messages, but the maps of one process can be tens of megabytes. */
export const MAX_RESPONSE_FRAME = 80 << 20;

/** Bytes of a stream that are sent ahead of its reader. Little: what is late is better merged than sent. */
export const WINDOW_BYTES = 64 * 1024;
