package io.movingdata.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.crash.CrashPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final int SEEDS = 200;

  @Test
  void everySampleHasEachPointFaultAndPair() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Cell> cells = Matrix.sample(seed);
      assertThat(cells).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
      assertThat(cells).extracting(Cell::point).containsOnly(CrashPoint.values());
      assertThat(cells).extracting(Cell::fault).contains(Fault.values());
      assertThat(cells)
          .extracting(cell -> List.of(cell.from(), cell.to()))
          .containsAll(Matrix.pairs());
    }
  }

  @Test
  void everythingHasAKillAtEachPointForEachPairAndEachOtherFault() {
    List<Cell> cells = Matrix.full(1);
    assertThat(cells).doesNotHaveDuplicates();
    for (CrashPoint point : CrashPoint.values()) {
      List<Cell> here = cells.stream().filter(cell -> cell.point() == point).toList();
      assertThat(here).extracting(Cell::fault).contains(Fault.values());
      assertThat(here).extracting(Cell::act).containsAll(Points.acts(point));
      assertThat(here.stream().filter(cell -> cell.fault() == Fault.KILL))
          .extracting(cell -> List.of(cell.from(), cell.to()))
          .containsAll(Matrix.pairs());
    }
  }

  @Test
  void aSeedAndAnIdSayEverythingAboutACell() {
    for (Cell cell : Matrix.full(7)) {
      assertThat(Cell.parse(cell.id())).isEqualTo(cell);
      assertThat(Chance.of(cell, 7)).isEqualTo(Chance.of(Cell.parse(cell.id()), 7));
      assertThat(Points.of(cell.act())).contains(cell.point());
    }
  }

  @Test
  void whatIsInPartsIsLongEnoughForThem() {
    for (Cell cell : Matrix.full(3)) {
      Chance chance = Chance.of(cell, 3);
      assertThat(chance.hit()).isPositive();
      if (Points.inParts(cell.point())) {
        assertThat(chance.size()).isGreaterThan((chance.hit() - 1) * 7_000_000);
      }
    }
  }
}
