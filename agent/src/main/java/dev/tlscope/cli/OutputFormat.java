package dev.tlscope.cli;

/** What comes out of the commands that leave the choice. */
enum OutputFormat {
    text,
    json
}
