import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a JSON body and writes it again, in the way that the argument names. */
public class Rewrite {
  public static void main(String[] words) throws Exception {
    String body = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.write(rewritten(body, words[0]).getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static String rewritten(String body, String way) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    switch (way) {
      case "jackson":
        return mapper.writeValueAsString(mapper.readValue(body, Map.class));
      case "jackson-tree":
        return mapper.writeValueAsString(mapper.readTree(body));
      case "jackson-decimals":
        mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        return mapper.writeValueAsString(mapper.readValue(body, Map.class));
      case "jackson-pretty":
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readValue(body, Map.class));
      case "gson":
        return new Gson().toJson(new Gson().fromJson(body, Map.class));
      case "gson-tree":
        return new Gson().toJson(JsonParser.parseString(body));
      default:
        throw new IllegalArgumentException(way);
    }
  }
}
