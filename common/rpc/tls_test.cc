#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <fstream>

#include "common/rpc/fixture_test.h"

namespace pdv::rpc {
namespace {

using ::testing::HasSubstr;

// A key and a certificate for 127.0.0.1 that it signs itself, as PEM files in `folder`.
struct SelfSigned {
  std::string cert, key;

  SelfSigned(const std::filesystem::path& folder, const std::string& name)
      : cert(folder / (name + ".crt")), key(folder / (name + ".key")) {
    EVP_PKEY* pair = EVP_RSA_gen(2048);
    X509* x509 = X509_new();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -60);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    X509_set_pubkey(x509, pair);
    X509_NAME* subject = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(x509, subject);
    for (const auto& [id, value] : {std::pair{NID_basic_constraints, "critical,CA:TRUE"},
                                    std::pair{NID_subject_alt_name, "IP:127.0.0.1"}}) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
      X509_add_ext(x509, extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(x509, pair, EVP_sha256());
    FILE* cert_file = fopen(cert.c_str(), "w");
    PEM_write_X509(cert_file, x509);
    fclose(cert_file);
    FILE* key_file = fopen(key.c_str(), "w");
    PEM_write_PrivateKey(key_file, pair, nullptr, nullptr, 0, nullptr, nullptr);
    fclose(key_file);
    X509_free(x509);
    EVP_PKEY_free(pair);
  }
};

class TlsTest : public ServerFixture {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override {
    ServerFixture::TearDown();
    std::filesystem::remove_all(folder_);
  }
  absl::Status Try(ChannelOptions options) {
    options.address = "127.0.0.1:" + std::to_string(server_->port());
    absl::StatusOr<std::shared_ptr<Channel>> channel = Channel::Open(options);
    if (!channel.ok()) return channel.status();
    return (*channel)->Call<essai::Mot>(M("Echo"), Mot("a"), Within(absl::Seconds(5))).status();
  }
  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("pdv_tls_" + std::to_string(getpid()));
};

TEST_F(TlsTest, EncryptsAndChecksTheServer) {
  const SelfSigned server(folder_, "server"), other(folder_, "other");
  ServerOptions options;
  options.tls_cert = server.cert;
  options.tls_key = server.key;
  Start(options);
  ChannelOptions trusting;
  trusting.tls_ca = server.cert;
  EXPECT_TRUE(Try(trusting).ok());
  ChannelOptions mistrusting;
  mistrusting.tls_ca = other.cert;
  EXPECT_EQ(Try(mistrusting).code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(Try({}).ok());  // in clear
}

TEST_F(TlsTest, AsksTheClientForItsCertificate) {
  const SelfSigned server(folder_, "server"), client(folder_, "client");
  ServerOptions options;
  options.tls_cert = server.cert;
  options.tls_key = server.key;
  options.tls_client_ca = client.cert;
  Start(options);
  ChannelOptions anonymous;
  anonymous.tls_ca = server.cert;
  EXPECT_FALSE(Try(anonymous).ok());
  ChannelOptions known = anonymous;
  known.tls_cert = client.cert;
  known.tls_key = client.key;
  EXPECT_TRUE(Try(known).ok());
}

// Whoever asks for TLS and does not get it must not believe that he has it.
TEST_F(TlsTest, AServerDoesNotStartWithHalfOfWhatTlsNeeds) {
  const SelfSigned pair(folder_, "server");
  const std::string empty = folder_ / "vide.pem", junk = folder_ / "quelconque.pem";
  std::ofstream(empty).close();
  std::ofstream(junk) << "rien";
  const auto start = [](std::string cert, std::string key, std::string client_ca) {
    ServerOptions options;
    options.service = "essai";
    options.listen = "127.0.0.1:0";
    options.tls_cert = std::move(cert);
    options.tls_key = std::move(key);
    options.tls_client_ca = std::move(client_ca);
    return Server::Start(options, {EssaiTable(std::make_shared<Stage>())}).status();
  };
  EXPECT_THAT(std::string(start("", "", pair.cert).message()), HasSubstr("--tls-cert"));
  EXPECT_THAT(std::string(start(pair.cert, "", "").message()), HasSubstr("--tls-key"));
  EXPECT_THAT(std::string(start("", pair.key, "").message()), HasSubstr("--tls-cert"));
  for (const std::string& bad : {std::string("/nulle/part.pem"), empty}) {
    EXPECT_THAT(std::string(start(bad, pair.key, "").message()), HasSubstr(bad));
    EXPECT_THAT(std::string(start(pair.cert, bad, "").message()), HasSubstr(bad));
    EXPECT_THAT(std::string(start(pair.cert, pair.key, bad).message()), HasSubstr(bad));
  }
  EXPECT_THAT(std::string(start(pair.cert, pair.key, junk).message()), HasSubstr("PEM"));
  EXPECT_TRUE(start(pair.cert, pair.key, pair.cert).ok());
}

TEST_F(TlsTest, AClientDoesNotTrustOthersThanItWasTold) {
  const SelfSigned pair(folder_, "server");
  const auto open = [](std::string ca, std::string cert, std::string key) {
    ChannelOptions options;
    options.address = "127.0.0.1:1";
    options.tls_ca = std::move(ca);
    options.tls_cert = std::move(cert);
    options.tls_key = std::move(key);
    return Channel::Open(options).status();
  };
  EXPECT_THAT(std::string(open("/nulle/part.pem", "", "").message()), HasSubstr("/nulle/part.pem"));
  EXPECT_FALSE(open(folder_, "", "").ok());  // a folder is no file
  EXPECT_FALSE(open("", pair.cert, pair.key).ok());
  EXPECT_FALSE(open(pair.cert, pair.cert, "").ok());
  EXPECT_TRUE(open(pair.cert, pair.cert, pair.key).ok());
}

}  // namespace
}  // namespace pdv::rpc
