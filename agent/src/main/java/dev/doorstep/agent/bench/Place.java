package dev.doorstep.agent.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where it is measured.
 *
 * @param folder for configuration, data and logs
 * @param broker the broker of both sides
 * @param size how much
 * @param progress is told what is being done, as a key and its arguments
 */
record Place(Path folder, URI broker, BenchSize size, Consumer<String> progress) {}
