import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
    // A higher rank is later in a life. Final statuses share the highest: none replaces another.
    static final int FINAL = 9;
    static final Map<String, Integer> RANKS = Map.ofEntries(
        Map.entry("NEW", 0), Map.entry("WAITING_PAYMENT", 0),
        Map.entry("PENDING", 1), Map.entry("REQUEST_CREATED", 1), Map.entry("FROZEN", 2),
        Map.entry("PAYMENT_DETECTED", 2), Map.entry("PENDING_PAYMENT", 2),
        Map.entry("SUCCESS", FINAL), Map.entry("PARTIAL_SUCCESS", FINAL),
        Map.entry("CONFLICT", FINAL), Map.entry("FAILED", FINAL),
        Map.entry("CANCELLED", FINAL), Map.entry("EXPIRED", FINAL));
    static final Set<String> PAID = Set.of("SUCCESS", "PARTIAL_SUCCESS");
    static final String SECRET = System.getenv("INQUD_HOOK_SECRET");
    static final JsonMapper JSON = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    public static void main(String[] args) throws Exception {
        try (Connection db = connect(); var statement = db.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE IF NOT EXISTS events"
                + " (id TEXT, status TEXT, PRIMARY KEY (id, status))");
            statement.execute("CREATE TABLE IF NOT EXISTS payments"
                + " (id TEXT PRIMARY KEY, order_id TEXT, status TEXT, rank INTEGER, credited TEXT)");
        }
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "4000"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 128);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/webhooks/inqud", exchange -> answer(exchange, Receiver::receive));
        server.createContext("/orders/", exchange -> answer(exchange, Receiver::show));
        server.start();
        // A sketch of recovery: every five minutes, ask for each payment whose rank is below FINAL,
        // record(JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body())), with a
        // request for https://api.inqud.com/v1/user/payments/{id} that carries X-Token-API-Id and
        // X-Token-API-Secret. A web hook is lost for good after its last retry.
    }

    static void receive(HttpExchange exchange) throws Exception {
        byte[] body = exchange.getRequestBody().readAllBytes(); // the bytes as they came
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] expected = HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.UTF_8);
        List<String> given = exchange.getRequestHeaders().getOrDefault("X-Payload-Digest", List.of());
        boolean isGenuine = given.size() == 1
            && MessageDigest.isEqual(expected, given.get(0).getBytes(StandardCharsets.UTF_8));
        if (isGenuine) record(JSON.readTree(body));
        exchange.sendResponseHeaders(isGenuine ? 200 : 401, -1);
    }

    static void record(JsonNode event) throws SQLException {
        String id = text(event.path("id"));
        Integer rank = RANKS.get(event.path("status").asText());
        if (id == null || rank == null) return; // not known yet: it changes nothing
        String status = event.path("status").asText();
        String order = first(text(event.path("clientOrderId")), text(event.path("referenceId")), id);
        String credited = PAID.contains(status) ? amountOf(event) : null;
        try (Connection db = connect()) {
            db.setAutoCommit(false); // one transaction; it ends without a trace where something throws
            if (run(db, "INSERT OR IGNORE INTO events VALUES (?, ?)", id, status) == 1) {
                run(db, "INSERT INTO payments VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
                    + " SET status = excluded.status, rank = excluded.rank,"
                    + " credited = excluded.credited WHERE excluded.rank > payments.rank",
                    id, order, status, rank, credited);
            } // or else it is a duplicate
            db.commit();
        }
    }

    static String amountOf(JsonNode event) {
        return first(number(event.path("amount")), number(event.at("/fixedAmount/amount")),
            number(event.path("requestAmount")));
    }

    static void show(HttpExchange exchange) throws Exception {
        String order = exchange.getRequestURI().getPath().substring("/orders/".length());
        var payments = new ArrayList<Map<String, String>>();
        try (Connection db = connect(); var query = db.prepareStatement(
            "SELECT id, status, coalesce(credited, '') FROM payments WHERE order_id = ? ORDER BY id")) {
            query.setString(1, order);
            for (var rows = query.executeQuery(); rows.next();) {
                payments.add(Map.of("id", rows.getString(1), "status", rows.getString(2),
                    "credited", rows.getString(3)));
            }
        }
        byte[] view = JSON.writeValueAsBytes(Map.of("order", order, "payments", payments));
        exchange.sendResponseHeaders(200, view.length);
        exchange.getResponseBody().write(view);
    }

    interface Handler { void handle(HttpExchange exchange) throws Exception; }

    static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            handler.handle(exchange);
        } catch (Exception error) {
            error.printStackTrace();
            exchange.sendResponseHeaders(500, -1); // Inqud tries it again
        }
    }

    static Connection connect() throws SQLException {
        String path = System.getenv().getOrDefault("DATABASE", "shop.db");
        return DriverManager.getConnection(
            "jdbc:sqlite:" + path + "?busy_timeout=9000&transaction_mode=IMMEDIATE");
    }

    static int run(Connection db, String sql, Object... values) throws SQLException {
        try (var statement = db.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            return statement.executeUpdate();
        }
    }

    static String text(JsonNode node) { return node.isTextual() ? node.asText() : null; }

    static String number(JsonNode node) {
        return node.isNumber() ? node.decimalValue().toPlainString() : null;
    }

    static String first(String... values) {
        for (String value : values) if (value != null) return value;
        return null;
    }
}
