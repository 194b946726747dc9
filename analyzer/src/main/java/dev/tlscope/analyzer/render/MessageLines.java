package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedField.Kind;
import dev.tlscope.analyzer.message.DecodedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The important fields of a message, one line each: name and value; an extension takes one line, a certificate several.
 */
final class MessageLines {
    private static final Set<String> FRAME = Set.of(
            "msg_type", "length", "message_seq", "fragment_offset", "fragment_length", "legacy_compression_method");
    private static final int MOST_HEX = 32;

    private MessageLines() {}

    static List<String> of(DecodedMessage message) {
        List<String> lines = new ArrayList<>();
        for (DecodedField field : message.fields()) {
            if (!FRAME.contains(field.name())) {
                switch (field.name()) {
                    case "extensions" -> field.children().forEach(extension -> lines.add(line(extension)));
                    case "certificate_list" -> certificates(field, lines);
                    case "Certificate" -> field.child("certificate_list").ifPresent(list -> certificates(list, lines));
                    default -> lines.add(line(field));
                }
            }
        }
        return lines;
    }

    private static String line(DecodedField field) {
        String value = value(field);
        return value.isEmpty() ? field.name() : field.name() + ": " + value;
    }

    private static void certificates(DecodedField list, List<String> lines) {
        List<DecodedField> entries = list.children("CertificateEntry");
        if (entries.isEmpty()) {
            lines.add("certificate_list: empty");
        }
        for (int i = 0; i < entries.size(); i++) {
            DecodedField entry = entries.get(i);
            DecodedField data = entry.child("cert_data").orElse(entry);
            lines.add("certificate " + i + ": " + text(data, "subject"));
            lines.add("  issuer: " + text(data, "issuer") + ", serial " + text(data, "serial_number"));
            lines.add("  valid: " + text(data, "not_before") + " to " + text(data, "not_after"));
            lines.add("  key: " + text(data, "key_algorithm") + " " + text(data, "key_size") + ", signed with "
                    + text(data, "signature_algorithm"));
            for (String name : List.of(
                    "subject_alt_name", "basic_constraints", "key_usage", "extended_key_usage", "sha256_fingerprint")) {
                data.child(name).ifPresent(field -> lines.add("  " + name + ": " + field.value()));
            }
            entry.child("extensions")
                    .ifPresent(extensions ->
                            extensions.children().forEach(extension -> lines.add("  " + line(extension))));
            entry.problems().forEach(problem -> lines.add("  " + problem(problem)));
        }
        list.children().stream()
                .filter(child -> child.kind() == Kind.MALFORMED)
                .forEach(problem -> lines.add(problem(problem)));
    }

    private static String text(DecodedField data, String name) {
        return data.child(name).map(DecodedField::value).orElse("(not known)");
    }

    private static String value(DecodedField field) {
        return switch (field.kind()) {
            case GROUP ->
                field.children().stream()
                        .map(child ->
                                child.name().equals("der") && field.children().size() > 1 ? "" : value(child))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(
                                field.name().endsWith("Entry") || field.name().endsWith("share") ? " " : ", "));
            case BYTES -> hex(field);
            case MALFORMED -> problem(field);
            default -> field.value();
        };
    }

    private static String hex(DecodedField field) {
        int bytes = field.value().length() / 2;
        return bytes > MOST_HEX ? field.value().substring(0, 16) + "... (" + bytes + " bytes)" : field.value();
    }

    private static String problem(DecodedField field) {
        return "malformed at byte " + field.offset() + ": " + field.value();
    }
}
