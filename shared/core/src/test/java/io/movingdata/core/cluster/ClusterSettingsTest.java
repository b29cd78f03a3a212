package io.movingdata.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import io.movingdata.core.config.NodeConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private static Config settings(String host, int port, List<String> members, String service) {
    return ClusterSettings.hazelcast(
        new NodeConfig.Cluster(true, "name", host, port, 0, members, service));
  }

  @Test
  void onlyConfiguredMembersAreSpokenToOnOneAddress() {
    Config config = settings("localhost", 5711, List.of("10.0.0.1:5701", "10.0.0.2"), null);
    JoinConfig join = config.getNetworkConfig().getJoin();
    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.isAutoDetectionEnabled()).isFalse();
    assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
    assertThat(join.getTcpIpConfig().getMembers()).containsExactly("10.0.0.1:5701", "10.0.0.2");
    assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
    assertThat(config.getNetworkConfig().getInterfaces().getInterfaces())
        .containsExactly("127.0.0.1");
    assertThat(config.getNetworkConfig().getPort()).isEqualTo(5711);
    assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
    assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(config.getClusterName()).isEqualTo("name");
  }

  @Test
  void kubernetesTakesThePlaceOfTheListOfMembers() {
    JoinConfig join =
        settings("127.0.0.1", 5701, List.of(), "md.default.svc").getNetworkConfig().getJoin();
    assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
    assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
    assertThat(join.getKubernetesConfig().getProperty("service-dns")).isEqualTo("md.default.svc");
  }

  @Test
  void registrationsSurviveTwoNodes() {
    Config config = settings("127.0.0.1", 0, List.of(), null);
    MultiMapConfig subscriptions = config.getMultiMapConfigs().get("__vertx.subs");
    assertThat(subscriptions.getBackupCount()).isEqualTo(2);
    assertThat(subscriptions.getValueCollectionType())
        .isEqualTo(MultiMapConfig.ValueCollectionType.SET);
    assertThat(config.getMapConfigs().get("__vertx.nodeInfo").getBackupCount()).isEqualTo(2);
    assertThat(config.getMapConfigs().get("__vertx.haInfo").getBackupCount()).isEqualTo(2);
  }

  @Test
  void nothingButItsOwnClassesIsDeserialised() {
    var filter =
        settings("127.0.0.1", 0, List.of(), null)
            .getSerializationConfig()
            .getJavaSerializationFilterConfig()
            .getWhitelist();
    assertThat(filter.isListed("com.hazelcast.cluster.Address")).isTrue();
    assertThat(filter.isListed("org.apache.commons.collections.functors.InvokerTransformer"))
        .isFalse();
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThatThrownBy(() -> settings("no-such-host.invalid", 0, List.of(), null))
        .hasMessageContaining("no-such-host.invalid");
  }
}
