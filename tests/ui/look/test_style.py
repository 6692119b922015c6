"""What controls look like, seen in pictures of them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionSlider,
    QTabBar,
    QTabWidget,
    QWidget,
)

from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.fonts import control_height, scaled, set_text_size
from mnist_desktop.ui.look.painted_controls import INVALID
from mnist_desktop.ui.look.painted_views import SELECTED
from mnist_desktop.ui.look.theme import mixed
from mnist_desktop.ui.widgets.controls import ProgressBar
from mnist_desktop.ui.widgets.table import PlainTable


@pytest.fixture(autouse=True)
def _dressed(qapp):
    dress(qapp, "light")


@pytest.fixture
def shown(qtbot):
    """Shows widgets below each other in a window that has the keyboard."""
    windows = []

    def show(*widgets, width=200):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        top = 0
        for widget in widgets:
            widget.setParent(window)
            widget.setGeometry(10, top + 10, width, widget.sizeHint().height())
            top += widget.height() + 10
        window.resize(width + 20, top + 10)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.setFocus()
        QTest.mouseMove(window, QPoint(2, 2))
        QTest.mouseMove(window, QPoint(1, 1))
        for widget in widgets:  # maybe that of another test was there
            widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        return widgets[0]

    return show


def colours(widget, *, inside=None):
    """Those that can be seen in it, or in a part of it, mixtures at edges among them."""
    image = widget.grab().toImage()
    rect = inside or image.rect()
    return {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


def border(widget):
    """The colour of the frame, on the left."""
    return widget.grab().toImage().pixelColor(0, widget.height() // 2).name()


def ground(widget):
    """The colour close to the frame, where there is no text."""
    return widget.grab().toImage().pixelColor(4, widget.height() // 2).name()


def first_ink(widget, row=None, begin=3):
    """How far from the left its text begins, in a row of pixels: half-way down unless told."""
    image = widget.grab().toImage()
    ink = widget.palette().text().color().lightness()
    row = widget.height() // 2 if row is None else row
    across = range(begin, widget.width())
    return next(x for x in across if abs(image.pixelColor(x, row).lightness() - ink) < 90)


def hover(widget):
    QTest.mouseMove(widget.window(), QPoint(1, 1))
    QTest.mouseMove(widget, widget.rect().center())


class TestSizes:
    @pytest.mark.parametrize("percent", [100, 150])
    def test_all_that_can_be_beside_each_other_is_equally_high(self, qapp, qtbot, percent):
        combo = QComboBox()
        combo.addItems(["one", "two"])
        controls = [QPushButton("Press"), QLineEdit(), QSpinBox(), QDoubleSpinBox(), combo]
        set_text_size(qapp, percent)
        try:
            for control in controls:
                qtbot.addWidget(control)
                assert control.sizeHint().height() == control_height()
        finally:
            set_text_size(qapp, 100)

    def test_a_text_has_room_in_its_control(self, shown):
        spin, box, combo = QSpinBox(maximum=60_000), QCheckBox("A & B"), QComboBox()
        combo.addItem("cross-entropy")
        for control, text in ((spin, "60000"), (combo, "cross-entropy"), (box, "A B")):
            needed = control.fontMetrics().horizontalAdvance(text)
            assert control.sizeHint().width() >= needed + 26
        shown(spin)
        spin.resize(spin.sizeHint())
        spin.setValue(60_000)
        assert spin.lineEdit().width() >= spin.fontMetrics().horizontalAdvance("60000") + 4

    def test_texts_of_fields_stand_below_each_other(self, shown):
        edit, spin, combo = QLineEdit("HHH"), QSpinBox(), QComboBox()
        spin.setPrefix("H")
        combo.addItem("HHH")
        shown(edit, spin, combo)

        assert len({first_ink(widget) for widget in (edit, spin, combo)}) == 1

    def test_a_scroll_bar_is_thin_either_way(self, qtbot):
        for way in Qt.Orientation:
            bar = QScrollBar(way)
            qtbot.addWidget(bar)
            assert min(bar.sizeHint().width(), bar.sizeHint().height()) == 10


class TestButtons:
    def test_the_frame_can_be_told_from_what_is_around_it(self, shown, theme):
        button = shown(QPushButton("Press"))
        assert border(button) == theme.border
        assert ground(button) == theme.raised

    def test_the_one_that_enter_presses_stands_out(self, shown, theme):
        button = QPushButton("Press", default=True)
        shown(button)
        assert ground(button) == theme.accent
        assert theme.on_accent in colours(button)

    def test_a_flat_one_has_a_frame_under_the_mouse_only(self, shown, theme):
        button = shown(QPushButton("Press", flat=True))
        assert border(button) == ground(button) == theme.window
        hover(button)
        assert border(button) == theme.border

    def test_one_that_stays_pressed_looks_so(self, shown, theme):
        button = QPushButton("Press", checkable=True, checked=True)
        shown(button)
        assert border(button) == theme.accent
        assert ground(button) not in (theme.raised, theme.accent)
        assert theme.accent in colours(button, inside=button.rect().adjusted(8, 4, -8, -4))

    def test_one_that_is_held_down_looks_so(self, shown, theme):
        button = shown(QPushButton("Press"))
        button.setDown(True)
        assert ground(button) == theme.line

    def test_the_keyboard_is_seen(self, shown, theme):
        button = shown(QPushButton("Press"))
        button.setFocus()
        image = button.grab().toImage()
        middle = button.height() // 2
        assert [image.pixelColor(x, middle).name() for x in (0, 1)] == [theme.accent] * 2
        button.setDefault(True)
        assert border(button) == theme.text, "around the accent it would not be"

    def test_one_that_cannot_be_pressed_is_faint(self, shown, theme):
        button = QPushButton("Press", enabled=False)
        shown(button)
        assert ground(button) == theme.window
        assert theme.faded in colours(button)
        assert theme.text not in colours(button)

    def test_one_that_opens_a_menu_has_an_arrow(self, shown, theme):
        plain, button, menu = QPushButton("x"), QPushButton("x"), QMenu()
        button.setMenu(menu)
        shown(plain, button)
        right = button.rect().adjusted(button.width() - 24, 4, -4, -4)
        assert len(colours(button, inside=right)) > 1
        assert colours(plain, inside=right) == {theme.raised}

    def test_dialogs_have_no_icons_on_their_buttons(self, qtbot, theme):
        red = QPixmap(16, 16)
        red.fill("#ff0000")
        dialog = QDialog()
        qtbot.addWidget(dialog)
        button = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog).buttons()[0]
        button.setIcon(QIcon(red))
        button.resize(button.sizeHint())
        assert "#ff0000" not in colours(button)


class TestFields:
    @pytest.mark.parametrize("make", [QLineEdit, QSpinBox, QComboBox, QPlainTextEdit, QListWidget])
    def test_the_frame_tells_what_can_be_done(self, shown, theme, make):
        field = shown(make())
        assert border(field) == theme.border
        assert ground(field) == theme.paper
        field.setFocus()
        assert border(field) == theme.accent
        field.clearFocus()
        field.setProperty(INVALID, True)
        assert border(field) == theme.error

    @pytest.mark.parametrize("make", [QLineEdit, QSpinBox, QComboBox])
    def test_it_is_told_from_its_ground_that_it_cannot_be_used(self, shown, theme, make):
        field = make()
        field.setEnabled(False)
        shown(field)
        assert ground(field) == theme.window

    @pytest.mark.parametrize("make", [QLineEdit, QSpinBox, QComboBox])
    def test_the_mouse_is_seen_over_it(self, shown, theme, make):
        field = shown(make())
        hover(field)
        assert border(field) == theme.quiet

    def test_only_steps_that_can_be_made_are_offered(self, shown, theme):
        spin = shown(QSpinBox(minimum=0, maximum=9))
        room = spin.rect().adjusted(spin.width() - 24, 3, -3, -3)
        upper = room.adjusted(0, 0, 0, -room.height() // 2)
        lower = room.adjusted(0, room.height() // 2 + 1, 0, 0)
        for value, up, down in ((0, True, False), (5, True, True), (9, False, True)):
            spin.setValue(value)
            assert (len(colours(spin, inside=upper)) > 1) == up
            assert (len(colours(spin, inside=lower)) > 1) == down

    def test_the_buttons_for_steps_are_where_they_are_seen(self, shown):
        spin = shown(QSpinBox(value=5))
        for y, value in ((8, 6), (spin.height() - 8, 5)):
            QTest.mouseClick(spin, Qt.MouseButton.LeftButton, pos=QPoint(spin.width() - 12, y))
            assert spin.value() == value

    def test_the_corners_of_what_scrolls_are_round(self, shown, theme):
        lines = QListWidget()
        lines.addItems(["one", "two"])
        for field in (QPlainTextEdit(), PlainTable(), lines):
            shown(field)
            image, bottom = field.grab().toImage(), field.height() - 1
            assert image.pixelColor(0, bottom).name() == theme.window
            assert image.pixelColor(1, bottom - 1).name() != theme.paper

    def test_a_field_in_a_cell_has_no_frame(self, shown, theme):
        field = shown(QLineEdit(frame=False))
        field.setFocus()
        assert border(field) == ground(field) == theme.paper

    def test_a_text_of_several_lines_keeps_away_from_its_frame(self, shown):
        field = QPlainTextEdit("HHH")
        shown(field)
        assert first_ink(field, row=16) > 8

    def test_it_is_painted_anew_under_the_mouse(self, qtbot, shown):
        class Counted(QLineEdit):
            painted = 0

            def paintEvent(self, event):  # noqa: N802
                super().paintEvent(event)
                self.painted += 1

        edit = shown(Counted())
        qtbot.waitUntil(lambda: edit.painted > 0)
        before = edit.painted
        hover(edit)
        qtbot.waitUntil(lambda: edit.painted > before)


class TestCheckBoxes:
    def test_it_is_seen_whether_it_is_ticked(self, shown, theme):
        box = shown(QCheckBox("Shuffle"))
        middle = box.height() // 2
        image = box.grab().toImage()
        assert image.pixelColor(4, middle).name() == theme.paper
        assert image.pixelColor(0, middle).name() == theme.border
        box.setChecked(True)
        assert box.grab().toImage().pixelColor(2, middle + 5).name() == theme.accent
        assert theme.on_accent in colours(box)

    def test_whatever_of_it_is_pressed_ticks_it(self, shown):
        box = shown(QCheckBox("Shuffle"))
        end = box.sizeHint().width() - 2
        for x in (2, 24, end):
            QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(x, box.height() // 2))
            assert box.isChecked() == (x != 24)

    def test_the_keyboard_is_seen_on_a_ticked_one_too(self, shown, theme):
        box = QCheckBox("Shuffle")
        shown(box)
        box.setFocus()
        assert border(box) == theme.accent
        box.setChecked(True)
        assert border(box) == theme.text

    def test_one_that_cannot_be_ticked_is_faint(self, shown, theme):
        box = QCheckBox("Shuffle", enabled=False)
        shown(box)
        assert theme.faded in colours(box)
        assert border(box) == theme.line


class TestSliders:
    def test_what_lies_before_the_handle_is_in_the_accent(self, shown, theme):
        slider = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=100, value=50)
        shown(slider)
        image = slider.grab().toImage()
        middle = slider.height() // 2
        assert image.pixelColor(20, middle).name() == theme.accent
        assert image.pixelColor(100, middle).name() == theme.raised
        assert image.pixelColor(180, middle).name() == theme.border

    def test_one_that_cannot_be_moved_looks_so(self, shown, theme):
        slider = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=100, value=50)
        shown(slider)
        slider.setEnabled(False)
        image, middle = slider.grab().toImage(), slider.height() // 2
        along = {image.pixelColor(x, middle).name() for x in range(20, 180)}
        assert along == {theme.line}, "groove and handle"

    def test_the_handle_is_drawn_with_the_mouse(self, shown):
        slider = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=184, value=0)
        shown(slider)
        middle = slider.height() // 2
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, middle))
        QTest.mouseMove(slider, QPoint(108, middle))
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(108, middle))
        assert slider.value() == 100

    def test_the_ends_of_a_scroll_bar_are_reached(self, shown):
        bar = QScrollBar(Qt.Orientation.Vertical, minimum=0, maximum=100, pageStep=100)
        shown(bar)
        bar.resize(10, 200)
        option = QStyleOptionSlider()

        def handle():
            bar.initStyleOption(option)
            part = QStyle.SubControl.SC_ScrollBarSlider
            return bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, bar)

        assert (handle().top(), handle().height()) == (0, 100)
        bar.setValue(100)
        assert handle().bottom() == 199
        bar.setRange(0, 1_000_000)
        assert handle().height() == 32, "or it could not be caught"

    def test_a_click_beside_a_scroll_bars_handle_is_a_page(self, shown):
        bar = QScrollBar(Qt.Orientation.Vertical, minimum=0, maximum=300, pageStep=100)
        shown(bar)
        bar.resize(10, 200)
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 190))
        assert bar.value() == 100
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 3))
        assert bar.value() == 0


class TestProgress:
    def test_so_much_of_it_is_filled(self, shown, theme):
        bar = ProgressBar("progress")
        shown(bar)
        bar.setRange(0, 4)
        bar.setValue(1)
        image = bar.grab().toImage()
        assert [image.pixelColor(x, 4).name() for x in (40, 60, 199 - 5)] == [
            theme.accent,
            theme.line,
            theme.line,
        ]
        bar.setValue(0)
        assert theme.accent not in colours(bar)

    def test_while_nobody_knows_how_much_something_moves(self, qtbot, shown, theme):
        bar = ProgressBar("progress")
        bar.setRange(0, 0)
        shown(bar)

        def filled():
            image = bar.grab().toImage()
            return [x for x in range(200) if image.pixelColor(x, 4).name() == theme.accent]

        first = filled()
        assert 30 < len(first) < 80
        qtbot.waitUntil(lambda: filled() != first)


class TestViews:
    def test_the_tab_that_is_seen_is_underlined(self, shown, theme):
        bar = QTabBar(drawBase=False, expanding=False)
        bar.addTab("Draw")
        bar.addTab("Train")
        bar.setCurrentIndex(1)
        shown(bar)
        image = bar.grab().toImage()
        bottoms = [
            image.pixelColor(bar.tabRect(tab).center().x(), bar.height() - 1).name()
            for tab in range(2)
        ]
        assert bottoms == [theme.window, theme.accent]
        assert theme.accent not in colours(bar, inside=bar.tabRect(1).adjusted(0, 0, 0, -4))
        bar.setFocus()
        assert theme.accent in colours(bar, inside=bar.tabRect(1).adjusted(0, 0, 0, -4))

    def test_tabs_begin_a_little_to_the_right(self, shown):
        tabs = QTabWidget(documentMode=True)
        tabs.addTab(QLabel("x"), "Draw")
        shown(tabs)
        assert tabs.tabBar().x() == 8

    def test_a_selected_row_is_tinted_and_its_text_stays(self, shown, theme):
        rows = QListWidget()
        rows.addItems(["one", "two"])
        shown(rows)
        rows.setCurrentRow(1)
        corner = rows.viewport().pos()
        first, second = (rows.visualItemRect(rows.item(row)).translated(corner) for row in (0, 1))
        assert theme.paper in colours(rows, inside=first)
        selected = colours(rows, inside=second)
        assert theme.paper not in selected
        assert theme.text in selected
        assert theme.on_accent not in selected - {theme.paper}


@pytest.fixture
def table(shown):
    """One column of one row, as narrow as its text."""
    table = PlainTable(indent=20)
    model = QStandardItemModel(1, 2, table)
    model.setHorizontalHeaderLabels(["HHH", "HHH"])
    for column in range(2):
        model.setItem(0, column, QStandardItem("HHH"))
    table.setModel(model)
    table.verticalHeader().hide()
    table.setSelectionBehavior(PlainTable.SelectionBehavior.SelectRows)
    table.resizeColumnsToContents()
    shown(table, width=400)
    return table


class TestTables:
    def test_texts_stand_below_their_columns_title(self, table):
        header = table.horizontalHeader()
        second = header.sectionViewportPosition(1) + 1
        title = first_ink(table, row=header.height() // 2 + 1, begin=second)
        text = first_ink(table, row=header.height() + scaled(28) // 2 + 1, begin=second)
        assert abs(title - text) <= 1, "of greys at the edge of a quiet letter fewer count"
        assert text == second + 8 + 1
        indented = first_ink(table, row=header.height() // 2 + 1)
        assert abs(indented - (1 + 8 + 1 + 20)) <= 1

    def test_titles_are_quiet_and_underlined(self, table, theme):
        header = table.horizontalHeader()
        assert theme.quiet in colours(header)
        assert theme.text not in colours(header)
        bottom = header.grab().toImage().pixelColor(4, header.height() - 1)
        assert bottom.name() == theme.border

    def test_beside_the_last_column_the_ground_is_that_of_the_table(self, table, theme):
        header = table.horizontalHeader()
        assert header.grab().toImage().pixelColor(header.width() - 9, 9).name() == theme.paper

    def test_columns_have_room_for_texts_and_titles(self, table):
        text = table.fontMetrics().horizontalAdvance("HHH")
        assert table.sizeHintForColumn(1) >= text + 16
        assert table.horizontalHeader().sectionSizeHint(1) >= text + 16
        assert table.horizontalHeader().sectionSizeHint(0) >= text + 16 + 20

    def test_all_of_a_selected_row_is_tinted(self, table, theme):
        table.selectRow(0)
        image = table.viewport().grab().toImage()
        row = table.rowHeight(0) // 2
        border = table.columnViewportPosition(1)
        places = (0, 2, 7, border - 2, border, border + 2)
        assert {image.pixelColor(x, row).name() for x in places} == {
            mixed(theme.accent, theme.paper, SELECTED)
        }
