package dev.tlscope.analyzer.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** PEM in secrets of Kubernetes, of the type kubernetes.io/tls or another one, as YAML or JSON. */
final class KubernetesSecret {
    private static final Pattern SECRET = Pattern.compile("\\bkind\"?\\s*:\\s*\"?(Secret|SecretList|List)\\b");
    private static final Pattern CERTIFICATE_OR_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]+-----");
    private static final int MOST_CHARACTERS = 8 << 20;

    private KubernetesSecret() {}

    static boolean is(String text) {
        return SECRET.matcher(text).find();
    }

    /** The entries of all secrets in the text. */
    static List<StoreEntry> entries(String text, Passwords passwords) throws StoreException {
        List<StoreEntry> entries = new ArrayList<>();
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).build();
            for (Object document : new Load(settings).loadAllFromString(text)) {
                add(document, passwords, entries);
            }
        } catch (YamlEngineException e) {
            throw new StoreException("it is no valid YAML or JSON ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + "); write it with kubectl get secret NAME -o yaml");
        }
        return entries;
    }

    private static void add(Object document, Passwords passwords, List<StoreEntry> entries) throws StoreException {
        if (!(document instanceof Map<?, ?> object)) {
            return;
        }
        if (object.get("items") instanceof List<?> items) {
            for (Object item : items) {
                add(item, passwords, entries);
            }
        }
        String prefix = object.get("metadata") instanceof Map<?, ?> metadata && metadata.get("name") != null
                ? metadata.get("name") + "/"
                : "";
        Map<String, String> texts = new LinkedHashMap<>();
        if (object.get("data") instanceof Map<?, ?> data) {
            data.forEach((name, value) -> texts.put(String.valueOf(name), decoded(String.valueOf(value))));
        }
        if (object.get("stringData") instanceof Map<?, ?> data) {
            data.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        for (Map.Entry<String, String> one : texts.entrySet()) {
            if (CERTIFICATE_OR_KEY.matcher(one.getValue()).find()) {
                entries.addAll(PemStore.entries(prefix + one.getKey(), one.getValue(), passwords));
            }
        }
    }

    /** What is no base64 has no PEM either. */
    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
