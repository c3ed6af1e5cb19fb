package dev.doorstep.agent.blob;

/**
 * What names a document: nobody reaches that of another.
 *
 * @param client whose it is
 * @param id its name
 */
record BlobKey(String client, String id) {}
