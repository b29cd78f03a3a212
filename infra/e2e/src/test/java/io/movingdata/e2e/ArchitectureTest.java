package io.movingdata.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.movingdata.core.crash.CrashProbe;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.SharedData;
import java.util.List;
import java.util.Map;

/** The directions between the rooms, and what lives in one room only. */
@AnalyzeClasses(packages = "io.movingdata", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Technology and the packages that may touch it. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          entry("com.hazelcast..", List.of("io.movingdata.core.cluster..")),
          entry("io.vertx.ext.mongo..", List.of("io.movingdata.catalog..")),
          entry("com.mongodb..", List.of("io.movingdata.catalog..")),
          entry("io.vertx.kafka..", List.of("io.movingdata.telemetry..")),
          entry("smile..", List.of("io.movingdata.predictor.learn..")),
          entry(
              "org.apache.kafka..", List.of("io.movingdata.telemetry..", "io.movingdata.stack..")),
          entry("com.azure..", List.of("io.movingdata.storage.azure..")),
          entry("reactor..", List.of("io.movingdata.storage.azure..")),
          entry("org.bouncycastle..", List.of("io.movingdata.core.security..")),
          entry(
              "io.vertx.ext.web.client..",
              List.of("io.movingdata.storage.s3..", "io.movingdata.storage.gcs..")),
          entry(
              "io.vertx.ext.web..",
              List.of(
                  "io.movingdata.gateway..",
                  "io.movingdata.storage.s3..",
                  "io.movingdata.storage.gcs..")));

  private static final List<String> VERTICLES =
      List.of(
          "catalog",
          "gateway",
          "mover",
          "telemetry",
          "rules",
          "predictor",
          "simulator",
          "consistency",
          "storage.s3",
          "storage.azure",
          "storage.gcs");

  private static DescribedPredicate<JavaClass> room(String verticle) {
    return resideInAPackage("io.movingdata." + verticle + "..");
  }

  @ArchTest
  static void verticlesKnowTheCoreAndNotOneAnother(JavaClasses all) {
    for (String one : VERTICLES) {
      DescribedPredicate<JavaClass> others =
          describe(
              "another verticle",
              c ->
                  VERTICLES.stream()
                      .filter(name -> !name.equals(one))
                      .anyMatch(name -> room(name).test(c)));
      noClasses().that(room(one)).should().dependOnClassesThat(others).check(all);
    }
  }

  @ArchTest
  static void eachTechnologyHasOneRoom(JavaClasses all) {
    ROOMS.forEach(
        (technology, rooms) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(rooms.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(technology)
                .check(all));
  }

  @ArchTest
  static final ArchRule THE_CORE_KNOWS_NO_VERTICLE =
      noClasses()
          .that()
          .resideInAPackage("io.movingdata.core..")
          .should()
          .dependOnClassesThat(
              describe("a verticle", c -> VERTICLES.stream().anyMatch(name -> room(name).test(c))));

  @ArchTest
  static final ArchRule ONLY_THE_BUS_TOUCHES_THE_RAW_BUS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.movingdata.core.bus..", "io.movingdata.core.cluster..")
          .should()
          .callMethod(Vertx.class, "eventBus");

  @ArchTest
  static final ArchRule NOBODY_RELIES_ON_CLUSTER_LOCKS_OR_COUNTERS =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "a cluster lock or counter",
                  call ->
                      call.getTargetOwner().isAssignableTo(SharedData.class)
                          && call.getName().matches("get(Local)?(Lock|Counter).*")));

  @ArchTest
  static final ArchRule ONLY_THE_COLLECTOR_DELETES_OBJECTS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.movingdata.mover.collect..",
              "io.movingdata.core.storage..",
              "io.movingdata.testkit..")
          .and()
          .doNotHaveFullyQualifiedName("io.movingdata.gateway.storagetest.StorageTest")
          .and()
          .doNotHaveFullyQualifiedName("io.movingdata.consistency.backup.BackupKeeper")
          .should()
          .callMethodWhere(
              describe(
                  "StorageClient.delete",
                  call ->
                      call.getTargetOwner().isEquivalentTo(StorageClient.class)
                          && call.getName().equals("delete")));

  @ArchTest
  static final ArchRule THE_MOVERS_DECISIONS_ARE_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.movingdata.mover.state..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule WINDOWS_ARE_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.movingdata.telemetry.window..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.core", "io.vertx.kafka..");

  @ArchTest
  static final ArchRule MODELS_DO_NO_IO =
      classes()
          .that()
          .resideInAPackage("io.movingdata.core.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.movingdata.core.model..",
              "io.movingdata.core.security..",
              "io.movingdata.core.error..",
              "com.fasterxml.jackson.annotation..",
              "java..");

  @ArchTest
  static final ArchRule THE_JUDGE_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.movingdata.core.judge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "java.io..", "java.nio..", "java.net..");

  @ArchTest
  static final ArchRule NOTHING_SLEEPS =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule NOTHING_THAT_A_NODE_RUNS_FROM_CAN_STOP_IT_AT_A_POINT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.movingdata.testkit..")
          .should()
          .implement(CrashProbe.class);

  @ArchTest
  static final ArchRule NO_CYCLES_IN_THE_MOVER =
      slices().matching("io.movingdata.mover.(*)..").should().beFreeOfCycles();
}
