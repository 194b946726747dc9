package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.check.CheckedStore;
import dev.tlscope.analyzer.check.CheckedStore.CheckedEntry;
import dev.tlscope.analyzer.check.StoreFault;
import dev.tlscope.analyzer.check.StoreFault.Severity;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Checked stores as text: the entries with faults, and how many have none. */
public final class StoreText {
    private final PrintWriter out;
    private final Style style;

    public StoreText(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** Prints a store. */
    public void write(CheckedStore checked) {
        Store store = checked.store();
        int count = store.entries().size();
        out.println(style.bold(PrintableText.of(store.file().toString())) + "  " + store.type() + ", " + count
                + (count == 1 ? " entry" : " entries")
                + (store.opened().isEmpty() ? "" : ", opened " + store.opened()));
        faults("  ", checked.faults());
        int sound = 0;
        for (CheckedEntry entry : checked.entries()) {
            boolean trusted = entry.entry().kind() == StoreEntry.Kind.CERTIFICATE;
            if (entry.faults().isEmpty() && trusted) {
                sound++;
            } else {
                entry(entry);
            }
        }
        if (sound > 0) {
            out.println("  " + sound + (sound == 1 ? " certificate" : " certificates") + " without a fault");
        }
        out.println();
    }

    private void entry(CheckedEntry checked) {
        StoreEntry entry = checked.entry();
        String what = entry.hasKey() ? "private key" : entry.kind() == StoreEntry.Kind.CHAIN ? "chain" : "certificate";
        String subject = entry.chain().isEmpty()
                ? ""
                : ", "
                        + PrintableText.of(
                                entry.chain().get(0).getSubjectX500Principal().getName()) + ", until "
                        + entry.chain().get(0).getNotAfter().toInstant();
        out.println("  " + PrintableText.of(entry.alias()) + ": " + what + subject
                + (checked.faults().isEmpty() ? ": " + style.green("no fault") : ""));
        faults("    ", checked.faults());
    }

    private void faults(String indent, List<StoreFault> faults) {
        for (StoreFault fault : faults) {
            String word = fault.severity().name().toLowerCase(Locale.ROOT);
            String lead = indent + word + " ".repeat(Severity.WARNING.name().length() - word.length() + 2);
            style.hang(
                            lead,
                            fault.severity() == Severity.NOTE ? style.dim(lead) : style.red(lead),
                            PrintableText.of(fault.what()))
                    .forEach(out::println);
            String below = " ".repeat(lead.length());
            for (String step : fault.fix()) {
                style.hang(below + "- ", below + "- ", PrintableText.of(step)).forEach(out::println);
            }
        }
    }
}
