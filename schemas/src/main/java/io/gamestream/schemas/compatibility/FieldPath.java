package io.gamestream.schemas.compatibility;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;

/** A place in a schema as people name it: {@code lines.quantity}, not {@code /fields/3/type/items/fields/1}. */
final class FieldPath {

    private FieldPath() {}

    static String of(Schema root, String location) {
        List<String> names = new ArrayList<>();
        Iterator<String> tokens = List.of(location.split("/")).iterator();
        Schema at = root;
        while (tokens.hasNext()) {
            String token = tokens.next();
            if ("fields".equals(token) && tokens.hasNext()) {
                Schema.Field field = at.getFields().get(Integer.parseInt(tokens.next()));
                names.add(field.name());
                at = field.schema();
            } else if ("items".equals(token)) {
                at = at.getElementType();
            } else if ("values".equals(token)) {
                at = at.getValueType();
            } else if (at.isUnion() && !token.isEmpty() && token.chars().allMatch(Character::isDigit)) {
                int branch = Integer.parseInt(token);
                // Where the writer has a union too, the number is of the writer's branch: nothing to follow here.
                at = branch < at.getTypes().size() ? at.getTypes().get(branch) : at;
            }
        }
        return names.isEmpty() ? root.getFullName() : String.join(".", names);
    }
}
