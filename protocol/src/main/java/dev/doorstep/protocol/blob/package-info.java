/**
 * Documents that are too large for memory: encrypted on disk under a key that is only in memory.
 *
 * <pre>
 *   SpoolFolder ─┬─→ Spool        numbered records, in any order: pieces that come in
 *                └─→ SpoolWriter  a document while it is made ─→ SpooledDocument
 * </pre>
 *
 * <p>A record in the file; its place there, which no other record ever has, is its nonce, and its
 * number is authenticated with it:
 *
 * <pre>
 *   | AES-GCM(record, at most 64 KiB) | tag, 16 bytes |
 * </pre>
 */
@NullMarked
package dev.doorstep.protocol.blob;

import org.jspecify.annotations.NullMarked;
