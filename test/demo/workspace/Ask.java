// Anthropic with Java's own HTTP client. Run it: java Ask.java
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class Ask {
  public static void main(String[] arguments) throws Exception {
    var gateway = System.getenv("TOLLGATE_URL");
    var body = "{ \"model\": \"claude-haiku-4-5\", \"max_tokens\": 64, \"messages\": [] }";
    var request =
        HttpRequest.newBuilder(URI.create(gateway + "/anthropic/v1/messages"))
            .header("content-type", "application/json")
            .header("x-api-key", "sandbox")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(response.statusCode() + " " + response.body());
  }
}
