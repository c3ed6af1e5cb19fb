package dev.doorstep.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules and the naming rules of the house, over all main classes. */
@AnalyzeClasses(packages = "dev.doorstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule protocolUsesNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("dev.doorstep.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.doorstep.driver..", "dev.doorstep.simulator..", "dev.doorstep.agent..");

  @ArchTest
  static final ArchRule driversUseTheProtocolAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.doorstep.driver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.doorstep.simulator..", "dev.doorstep.agent..");

  @ArchTest
  static final ArchRule simulatorUsesTheProtocolAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.doorstep.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.doorstep.driver..", "dev.doorstep.agent..");

  @ArchTest
  static final ArchRule simulatedDevicesUseNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("dev.doorstep.simulator.device..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.doorstep.protocol..",
              "dev.doorstep.driver..",
              "dev.doorstep.agent..",
              "dev.doorstep.simulator",
              "dev.doorstep.simulator.testing..");

  @ArchTest
  static final ArchRule onlyTheDemoUsesTheSimulator =
      noClasses()
          .that()
          .resideInAPackage("dev.doorstep.agent..")
          .and()
          .resideOutsideOfPackages(
              "dev.doorstep.agent.demo..", "dev.doorstep.agent.bench..", "dev.doorstep.agent.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.doorstep.simulator..");

  @ArchTest
  static final ArchRule noDriverFamilyUsesAnother =
      slices()
          .matching("dev.doorstep.driver.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              JavaClass.Predicates.resideInAPackage("dev.doorstep.driver.."),
              // wires, and what several families do with codes, cameras, pictures and printed
              // documents
              JavaClass.Predicates.resideInAnyPackage(
                  "dev.doorstep.driver.transport..",
                  "dev.doorstep.driver.http..",
                  "dev.doorstep.driver.code..",
                  "dev.doorstep.driver.camera..",
                  "dev.doorstep.driver.picture..",
                  "dev.doorstep.driver.scan..",
                  "dev.doorstep.driver.paper.."));

  @ArchTest
  static final ArchRule onlyTransportsKnowTheWires =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.doorstep.driver.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fazecast..", "org.usb4java..");

  /** The one client of MQTT is ours; what it is compared with is a plain one of others. */
  @ArchTest
  static final ArchRule onlyTheBenchUsesPaho =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.doorstep.agent.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule linkKnowsNoDriver =
      noClasses()
          .that()
          .resideInAPackage("dev.doorstep.agent.link..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.doorstep.driver.samidcard..", "dev.doorstep.driver.transport..");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      classes()
          .should()
          .haveNameNotMatching(".*(Impl|Base|Manager|Helper|Util|Utils)$")
          .andShould()
          .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z].*");

  @ArchTest
  static final ArchRule accessorsHaveNoPrefix =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .haveNameMatching("get[A-Z].*");

  @ArchTest
  static final ArchRule interfacesAreSmall =
      classes().that().areInterfaces().should(haveAtMostFiveMethods());

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .should(
              new ArchCondition<>("be in a package with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(new SimpleConditionEvent(type, marked, type.getName()));
                }
              });

  private static ArchCondition<JavaClass> haveAtMostFiveMethods() {
    return new ArchCondition<>("have at most five methods") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long methods =
            type.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .count();
        events.add(
            new SimpleConditionEvent(type, methods <= 5, type.getName() + " has " + methods));
      }
    };
  }
}
