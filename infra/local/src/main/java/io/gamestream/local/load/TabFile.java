package io.gamestream.local.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tab-separated file with a header line.
 *
 * @param header the columns that must be there, in their order
 */
record TabFile(Path path, List<String> header) {

    /** What to do with each line. */
    @FunctionalInterface
    interface LineReader {
        void read(Line line);
    }

    /**
     * Reads every line after the header.
     *
     * @throws LoadException that names file and line, and says what was expected there
     */
    void read(LineReader reader) {
        try (BufferedReader lines = open(path)) {
            String first = lines.readLine();
            if (first == null || !header.equals(List.of(first.split("\t", -1)))) {
                throw at(1, "the header is '" + first + "'", String.join("<tab>", header));
            }
            int number = 1;
            for (@Nullable String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                String[] fields = text.split("\t", -1);
                if (fields.length != header.size()) {
                    throw at(
                            number,
                            "'" + text + "' has " + fields.length + " fields",
                            header.size() + ": " + String.join("<tab>", header));
                }
                reader.read(new Line(number, fields));
            }
        } catch (CharacterCodingException e) {
            throw new LoadException(path + ": not UTF-8 text", e);
        } catch (IOException e) {
            throw new LoadException(path + ": can't be read: " + e.getMessage(), e);
        }
    }

    static BufferedReader open(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            throw new LoadException(path + ": no such file, or it can't be read");
        }
        return Files.newBufferedReader(path, StandardCharsets.UTF_8);
    }

    private LoadException at(int line, String found, String expected) {
        return new LoadException(path + ":" + line + ": " + found + " (expected: " + expected + ")");
    }

    /** One line, which knows where it is. */
    final class Line {

        private final int number;
        private final String[] fields;

        private Line(int number, String[] fields) {
            this.number = number;
            this.fields = fields;
        }

        /** From 1, as editors count. */
        int number() {
            return number;
        }

        String text(int field) {
            if (fields[field].isBlank()) {
                throw refuse(field, "something");
            }
            return fields[field];
        }

        /** A positive whole number. */
        int id(int field) {
            try {
                int id = Integer.parseInt(fields[field]);
                if (id > 0) {
                    return id;
                }
            } catch (NumberFormatException e) {
                // Refused below, with where it is.
            }
            throw refuse(field, "a whole number above 0");
        }

        /** A decimal number that is not negative. */
        BigDecimal decimal(int field) {
            try {
                BigDecimal value = new BigDecimal(fields[field]);
                if (value.signum() >= 0) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Refused below, with where it is.
            }
            throw refuse(field, "a number of 0 or more");
        }

        LoadException refuse(int field, String expected) {
            return at(number, header.get(field) + " is '" + fields[field] + "'", expected);
        }
    }
}
