package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.scan.CommonGround;
import dev.tlscope.analyzer.scan.CommonGround.CommonVersion;
import dev.tlscope.analyzer.scan.CommonGround.Part;
import java.io.PrintWriter;
import java.util.List;

/** Text output of a scan: what the server takes, beside what the client offers. */
public final class ScanText {
    private final PrintWriter out;
    private final Style style;
    private final String client;

    /** @param client the one whose offer is compared, in a phrase */
    public ScanText(PrintWriter out, Style style, String client) {
        this.out = out;
        this.style = style;
        this.client = client;
    }

    /** Prints it. */
    public void write(CommonGround ground, String server, int connections) {
        out.println(style.bold("scan of " + server) + ", " + connections + " connections; the client is " + client);
        for (CommonVersion version : ground.versions()) {
            if (!version.scanned().isTaken()) {
                out.println(version.name() + "  "
                        + style.dim("refused: "
                                + PrintableText.of(version.scanned().refusal())
                                + (version.offered() ? "; the client offers it" : "")));
                continue;
            }
            out.println(style.bold(version.name()) + "  "
                    + (version.offered() ? style.green("both") : "server only: the client does not offer it"));
            for (Part part : version.parts()) {
                out.println("  " + part.kind() + "s");
                row("both", part.both());
                row("server only", part.serverOnly());
                row("client only", version.offered() ? part.clientOnly() : List.of());
            }
        }
        String sentence = ground.sentence("the client");
        style.wrap(0, sentence).forEach(line -> out.println(ground.isEmpty() ? style.red(line) : style.bold(line)));
    }

    private void row(String who, List<String> names) {
        if (!names.isEmpty()) {
            String lead = String.format("    %-13s", who);
            String painted = who.equals("both") ? style.green(lead) : style.dim(lead);
            style.hang(lead, painted, String.join(" ", names)).forEach(out::println);
        }
    }
}
