package dev.tlscope.it.raw;

import java.util.regex.Pattern;

/**
 * A case that RefusalRun played.
 *
 * @param name of the case
 * @param version the case's version, as JSSE names it
 * @param transport socket or engine
 * @param role of JSSE
 * @param host identifies its connection in the capture
 * @param script how the raw peer's script ended
 * @param outcome the exception that JSSE threw, with its frame; or none
 */
record PlayedRefusal(
        String name, String version, String transport, String role, String host, String script, String outcome) {
    private static final Pattern VALUES = Pattern.compile("0x[0-9a-f]+|\\{[^}]*}|name=[^,]*|\\d+");

    static PlayedRefusal parse(String line) {
        String[] part = line.split("\t", -1);
        return new PlayedRefusal(part[1], part[2], part[3], part[4], part[5], part[6], part[7]);
    }

    boolean isRefused() {
        return !outcome.equals("none");
    }

    /** The refusal without the values of this case: its text and the method of JSSE. */
    String refusal() {
        return VALUES.matcher(outcome).replaceAll("#");
    }

    @Override
    public String toString() {
        return name + " " + version + " " + transport;
    }
}
