package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * internal: JSSE's own code threw an unchecked exception that no peer and no application should be able to cause. The
 * result of an application's manager may have caused it (null for a chain): then the finding is only possible.
 */
final class JdkDefect implements Cause {
    private static final Set<String> UNCHECKED = Set.of(
            "java.lang.NullPointerException",
            "java.lang.ArrayIndexOutOfBoundsException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.StringIndexOutOfBoundsException",
            "java.lang.NegativeArraySizeException",
            "java.lang.ClassCastException",
            "java.lang.ArrayStoreException",
            "java.lang.UnsupportedOperationException",
            "java.nio.BufferOverflowException",
            "java.nio.BufferUnderflowException",
            "java.util.ConcurrentModificationException",
            "java.util.NoSuchElementException");

    private static final int FRAMES = 4;

    @Override
    public List<CauseId> ids() {
        return List.of(Internal.INTERNAL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Optional<String> thrown =
                FailureEvidence.innermost(handshake).filter(link -> UNCHECKED.contains(link.replaceFirst(":.*", "")));
        Optional<String> place = place(handshake.frames());
        return handshake.raised() && thrown.isPresent() && place.isPresent()
                ? Optional.of(finding(handshake, thrown.get(), place.get()))
                : Optional.empty();
    }

    /**
     * The frame of JSSE that threw, itself or through a method of java.* that it called; empty if other code is above
     * it.
     */
    private static Optional<String> place(List<String> frames) {
        return frames.stream()
                .filter(frame -> !Frames.className(frame).startsWith("java."))
                .findFirst()
                .filter(Frames::isJsse);
    }

    private static Finding finding(Handshake handshake, String thrown, String place) {
        boolean foreign = managers(handshake).anyMatch(Frames::isApplication);
        String version = handshake.policy("java.runtime.version").orElse("of unknown version");
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("exception", thrown));
        handshake.frames().stream().limit(FRAMES).forEach(frame -> evidence.add(new Evidence("at", frame)));
        evidence.add(new Evidence("JDK", version));
        managers(handshake).forEach(manager -> evidence.add(new Evidence("manager in force", manager)));
        evidence.addAll(FailureEvidence.with(handshake));
        Finding finding = new Finding(
                Internal.INTERNAL,
                foreign ? Confidence.POSSIBLE : Confidence.LIKELY,
                "JSSE's own code failed in " + Frames.className(place) + "." + Frames.methodName(place)
                        + ": a defect of this JDK, " + version + ".",
                List.copyOf(evidence),
                List.of(
                        "Search the JDK's bug database (bugs.openjdk.org) for the exception and that method; try the latest update of"
                                + " this JDK.",
                        foreign
                                ? "First check what the application's key and trust managers return: null in place of an array"
                                        + " or a chain has the same effect."
                                : "Report it with the capture where no update has it fixed."));
        return foreign
                ? finding.or(Candidate.possible(
                        Internal.INTERNAL,
                        "whether a manager of the application returned null where JSSE expects a value"))
                : finding;
    }

    private static Stream<String> managers(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        return configuration == null
                ? Stream.empty()
                : Stream.concat(configuration.keyManager().stream(), configuration.trustManager().stream());
    }
}
