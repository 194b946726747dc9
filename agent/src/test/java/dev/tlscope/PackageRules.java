package dev.tlscope;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A white list of what each package may depend on, one line per package: {@code package: packages of ours | others}. A
 * package covers only itself, {@code javax.crypto..} also all below it, and a name with a capital letter one class.
 */
final class PackageRules {
    private static final String ROOT = "dev.tlscope.";

    private final Map<String, Set<String>> allowed = new LinkedHashMap<>();

    /**
     * Reads the list.
     *
     * @param everywhere what every package may use besides its own line
     */
    PackageRules(String everywhere, String list) {
        for (String line : list.lines().filter(text -> !text.isBlank()).toList()) {
            int colon = line.indexOf(':');
            int bar = line.indexOf('|');
            Set<String> names = new TreeSet<>(words(everywhere));
            names.addAll(words(line.substring(bar + 1)));
            words(line.substring(colon + 1, bar)).forEach(ours -> names.add(ROOT + ours));
            allowed.put(ROOT + line.substring(0, colon).strip(), names);
        }
    }

    /** The packages of the list. */
    Set<String> packages() {
        return allowed.keySet();
    }

    /** The dependencies of the listed packages that the list does not allow, one line per place. */
    List<String> violations(JavaClasses classes) {
        List<String> violations = new ArrayList<>();
        for (JavaClass each : classes) {
            Set<String> names = allowed.get(each.getPackageName());
            if (names == null) {
                continue;
            }
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                boolean own = target.isPrimitive() || target.getPackageName().equals(each.getPackageName());
                if (!own && !isAllowed(names, target)) {
                    violations.add(
                            each.getPackageName() + " -> " + target.getName() + ": " + dependency.getDescription());
                }
            }
        }
        return violations;
    }

    private static boolean isAllowed(Set<String> names, JavaClass target) {
        String at = target.getPackageName();
        if (names.contains(at) || names.contains(target.getName())) {
            return true;
        }
        return names.stream()
                .filter(name -> name.endsWith(".."))
                .map(name -> name.substring(0, name.length() - 2))
                .anyMatch(name -> at.equals(name) || at.startsWith(name + "."));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
