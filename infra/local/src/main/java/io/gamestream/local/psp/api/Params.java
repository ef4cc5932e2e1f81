package io.gamestream.local.psp.api;

import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Form or query parameters as Stripe writes them, {@code metadata[order_id]=1}. What is wrong with one is its error. */
public final class Params {

    private static final long MAX_AMOUNT = 99_999_999;

    private final List<Map.Entry<String, String>> all;

    public Params(List<Map.Entry<String, String>> all) {
        this.all = List.copyOf(all);
    }

    public @Nullable String text(String name) {
        return all.stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** A parameter that has to be there. */
    public String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new ApiErrorException(
                    ApiError.invalid("parameter_missing", name, "Missing required param: " + name + "."));
        }
        return value;
    }

    /** Minor units, 1 to 99999999; null where it is missing. */
    public @Nullable Long amount(String name) {
        Long value = whole(name);
        if (value == null) {
            return null;
        }
        if (value < 1) {
            throw bad("parameter_invalid_integer", name, "This value must be greater than or equal to 1.");
        }
        if (value > MAX_AMOUNT) {
            throw bad("amount_too_large", name, "Amount must be no more than 99999999.");
        }
        return value;
    }

    public @Nullable Long whole(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw bad("parameter_invalid_integer", name, "Invalid integer: " + value);
        }
    }

    public boolean flag(String name) {
        String value = text(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw bad(null, name, "Invalid boolean: " + value);
    }

    public @Nullable String oneOf(String name, Set<String> words) {
        String value = text(name);
        if (value != null && !words.contains(value)) {
            throw bad(
                    null,
                    name,
                    "Invalid " + name + ": must be one of "
                            + words.stream().sorted().collect(Collectors.joining(", ")));
        }
        return value;
    }

    /** The members of {@code name[...]}. */
    public Map<String, String> members(String name) {
        Map<String, String> found = new HashMap<>();
        for (Map.Entry<String, String> entry : all) {
            String key = entry.getKey();
            if (key.startsWith(name + "[") && key.endsWith("]")) {
                found.put(key.substring(name.length() + 1, key.length() - 1), entry.getValue());
            }
        }
        return found;
    }

    /** The elements of {@code name[]} or {@code name[0]}, in their order. */
    public List<String> elements(String name) {
        return all.stream()
                .filter(entry -> entry.getKey().startsWith(name + "["))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Metadata, within Stripe's limits: 50 keys of 40 characters, values of 500. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = members("metadata");
        if (metadata.size() > 50) {
            throw bad(null, "metadata", "Metadata can have up to 50 keys.");
        }
        metadata.forEach((key, value) -> {
            if (key.length() > 40 || value.length() > 500) {
                throw bad(null, "metadata", "Metadata keys can have up to 40 characters, values up to 500: " + key);
            }
        });
        return metadata;
    }

    /** Refuses what this endpoint doesn't have, as Stripe does; a part in brackets belongs to the word before it. */
    public void allowOnly(Set<String> known) {
        for (Map.Entry<String, String> entry : all) {
            String name = entry.getKey();
            String word = name.contains("[") ? name.substring(0, name.indexOf('[')) : name;
            if (!known.contains(word)) {
                throw bad("parameter_unknown", name, "Received unknown parameter: " + name);
            }
        }
    }

    /** The same for the same path and parameters, in whatever order. */
    public String fingerprint(String path) {
        String text = path + "\n"
                + all.stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ApiErrorException bad(@Nullable String code, String name, String message) {
        return new ApiErrorException(ApiError.invalid(code, name, message));
    }
}
