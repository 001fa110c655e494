package io.fedflow.transport.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes: of its signing test suite, and of S3's documentation. */
class SignatureV4Test {

  private static final Instant SUITE_TIME = Instant.parse("2015-08-30T12:36:00Z");
  private static final Instant S3_TIME = Instant.parse("2013-05-24T00:00:00Z");
  private static final BucketKeys SUITE =
      new BucketKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());
  private static final BucketKeys S3 =
      new BucketKeys(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());

  private static String signature(String authorization) {
    return authorization.substring(authorization.indexOf("Signature=") + 10);
  }

  private static String suite(String method, String path, String query, String... headers) {
    Map<String, String> all = new TreeMap<>();
    all.put("Host", "example.amazonaws.com");
    all.put("X-Amz-Date", SignatureV4.time(SUITE_TIME));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return signature(
        SignatureV4.authorization(
            new SignatureV4.Request(method, path, query, all, SignatureV4.EMPTY),
            SUITE,
            "us-east-1",
            "service",
            SUITE_TIME));
  }

  @Test
  void theSigningTestSuite() {
    assertThat(suite("GET", "/", ""))
        .as("get-vanilla")
        .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    assertThat(suite("POST", "/", ""))
        .as("post-vanilla")
        .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    assertThat(suite("GET", "/", "Param1=value1&Param2=value2"))
        .as("get-vanilla-query-order-key-case")
        .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    assertThat(suite("GET", "/", "", "My-Header1", " value1 ", "My-Header2", " \"a   b   c\" "))
        .as("get-header-value-trim")
        .isEqualTo("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    assertThat(suite("GET", SignatureV4.encodedPath("/\u1234"), ""))
        .as("get-utf8")
        .isEqualTo("8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
  }

  private static String s3(
      String method, String path, String query, String digest, String... headers) {
    Map<String, String> all = new TreeMap<>();
    all.put("Host", "examplebucket.s3.amazonaws.com");
    all.put("x-amz-date", SignatureV4.time(S3_TIME));
    all.put("x-amz-content-sha256", digest);
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return SignatureV4.authorization(
        new SignatureV4.Request(method, path, query, all, digest), S3, "us-east-1", "s3", S3_TIME);
  }

  @Test
  void theExamplesOfS3() {
    assertThat(s3("GET", "/test.txt", "", SignatureV4.EMPTY, "Range", "bytes=0-9"))
        .isEqualTo(
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    assertThat(
            signature(
                s3(
                    "PUT",
                    SignatureV4.encodedPath("/test$file.text"),
                    "",
                    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                    "Date",
                    "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class",
                    "REDUCED_REDUNDANCY")))
        .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    assertThat(signature(s3("GET", "/", "lifecycle=", SignatureV4.EMPTY)))
        .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(signature(s3("GET", "/", "max-keys=2&prefix=J", SignatureV4.EMPTY)))
        .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void pathsOfModels_areEncodedOnce() {
    assertThat(SignatureV4.encodedPath("a/guest#9999#m~x_1.zip é%"))
        .isEqualTo("a/guest%239999%23m~x_1.zip%20%C3%A9%25");
  }
}
