package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.BlobStore;
import dev.doorstep.agent.journal.Journal;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of commands.
 *
 * @param commands those in memory
 * @param journal those on disk; empty where commands end with the program
 * @param blobs the large documents of results and parameters
 * @param counters what is counted
 * @param locale the language of recoveries
 */
record Books(
    Commands commands,
    Optional<Journal> journal,
    BlobStore blobs,
    CommandCounters counters,
    Locale locale) {}
