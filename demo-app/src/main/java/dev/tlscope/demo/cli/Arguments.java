package dev.tlscope.demo.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line: {@code --key value} or {@code --key=value}, and {@code --flag}; the last value of a key applies. */
public final class Arguments {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> flags = new HashSet<>();

    private Arguments() {}

    /** Parses a command line; throws a {@link UsageException} for an option in neither list, or without its value. */
    public static Arguments parse(String[] line, List<String> valued, List<String> flags) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < line.length; i++) {
            String word = line[i];
            int equals = word.indexOf('=');
            boolean attached = word.startsWith("--") && equals > 0;
            String option = attached ? word.substring(0, equals) : word;
            if (flags.contains(option) && !attached) {
                arguments.flags.add(option);
            } else if (!valued.contains(option)) {
                List<String> known = new ArrayList<>(valued);
                known.addAll(flags);
                throw UsageException.unknown("option", word, known);
            } else if (!attached && i + 1 == line.length) {
                throw new UsageException("option " + option + " needs a value");
            } else {
                String value = attached ? word.substring(equals + 1) : line[++i];
                arguments
                        .values
                        .computeIfAbsent(option, key -> new ArrayList<>())
                        .add(value);
            }
        }
        return arguments;
    }

    public boolean flag(String option) {
        return flags.contains(option);
    }

    /** Every value of an option that may be repeated, in order. */
    public List<String> all(String option) {
        List<String> given = values.get(option);
        return given == null ? Collections.emptyList() : given;
    }

    @Nullable
    public String value(String option) {
        List<String> given = values.get(option);
        return given == null ? null : given.get(given.size() - 1);
    }

    public String value(String option, String otherwise) {
        String given = value(option);
        return given == null ? otherwise : given;
    }

    public String required(String option) {
        String given = value(option);
        if (given == null) {
            throw new UsageException("option " + option + " is required");
        }
        return given;
    }

    /** One of a few words, of which the first is the default. */
    public String choice(String option, String... words) {
        String given = value(option, words[0]);
        if (!Arrays.asList(words).contains(given)) {
            throw UsageException.unknown("value of " + option, given, Arrays.asList(words));
        }
        return given;
    }

    public boolean yes(String option, boolean otherwise) {
        return choice(option, otherwise ? "yes" : "no", otherwise ? "no" : "yes")
                .equals("yes");
    }

    public int number(String option, int otherwise, int least, int most) {
        String given = value(option);
        return given == null ? otherwise : number(option, given, least, most);
    }

    public static int number(String what, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The message is the same as for a number out of range.
        }
        throw new UsageException(what + " wants a whole number from " + least + " to " + most + ", not " + text);
    }
}
