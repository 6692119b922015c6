"""Measure how well the model reads, and see what it misreads."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QTabWidget, QWidget

from mnist_desktop.csv_content import SUFFIX as CSV
from mnist_desktop.csv_content import csv_content
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.evaluate.calibration_page import CalibrationPage
from mnist_desktop.ui.evaluate.compare_page import ComparePage
from mnist_desktop.ui.evaluate.confusion_page import ConfusionPage
from mnist_desktop.ui.evaluate.controls import EvaluateControls
from mnist_desktop.ui.evaluate.digits_page import DigitsPage
from mnist_desktop.ui.evaluate.page import Page
from mnist_desktop.ui.evaluate.robustness_page import RobustnessPage
from mnist_desktop.ui.look.fonts import EDGE, GRID
from mnist_desktop.ui.plots.picture import PNG, SVG
from mnist_desktop.ui.session.evaluate.evaluation import answers_table
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import make_action, named
from mnist_desktop.ui.widgets.hints import HintOr
from mnist_desktop.ui.widgets.layouts import hbox


class EvaluateTab(QWidget):
    """On the left what to measure, on the right pages that show what was found."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._files = FileDialogs(self, session.preferences)
        self._pages: list[Page] = []
        self._tabs = named(QTabWidget(documentMode=True), "evaluatePages")
        for title, page in (
            (self.tr("Confusion"), ConfusionPage(session)),
            (self.tr("Each digit"), DigitsPage(session)),
            (self.tr("Sureness"), CalibrationPage(session)),
            (self.tr("Robustness"), RobustnessPage(session)),
            (self.tr("Two models"), ComparePage(session)),
        ):
            self._pages.append(page)
            self._tabs.addTab(page, title)

        controls = EvaluateControls(session, self._files, self._export_menu())
        self._shown = HintOr(self._tabs, "evaluationHint")
        self._shown.say(
            self.tr("Press Evaluate to see how many pictures are read rightly, and which are not.")
        )
        margins = (EDGE, EDGE, EDGE, GRID)
        self.setLayout(hbox(controls, (self._shown, 1), spacing=EDGE, margins=margins))

        self._tabs.currentChanged.connect(self._update_actions)
        session.evaluator.changed.connect(self._show_results)
        session.evaluator.robustness_changed.connect(self._update_actions)
        self._show_results()

    def _export_menu(self) -> QMenu:
        menu = QMenu(self.tr("Export"), self)
        page, answers = self.tr("This page…"), self.tr("Every picture’s answer…")
        add = partial(make_action, self, key="")
        self._export_page = add(page, self._on_export_page, name="exportPageAction")
        self._export_answers = add(answers, self._on_export_answers, name="exportAnswersAction")
        menu.addActions([self._export_page, self._export_answers])
        return menu

    @property
    def _page(self) -> Page:
        return self._pages[self._tabs.currentIndex()]

    @Slot()
    def _show_results(self) -> None:
        results = self._session.evaluator.results
        if results:
            self._shown.say("")
            for page in self._pages:
                page.show_results(results)
        self._update_actions()

    @Slot()
    def _update_actions(self) -> None:
        self._export_page.setEnabled(self._page.can_be_exported)
        self._export_answers.setEnabled(bool(self._session.evaluator.results))

    @Slot()
    def _on_export_page(self) -> None:
        page = self._page
        names = {CSV: self.tr("Tables"), PNG: self.tr("PNG pictures"), SVG: self.tr("SVG pictures")}
        kinds = {suffix: names[suffix] for suffix in (CSV, *page.picture_suffixes)}
        name = self._tabs.tabText(self._tabs.currentIndex())
        if path := self._files.ask_save(self.tr("Export this page"), name, kinds):
            self._session.exports.file(page.content(path.suffix.lower()), path)

    @Slot()
    def _on_export_answers(self) -> None:
        title, name = self.tr("Export every picture’s answer"), self.tr("answers")
        if path := self._files.ask_save(title, name, {CSV: self.tr("Tables")}):
            header, rows = answers_table(self._session.evaluator.results)
            self._session.exports.file(partial(csv_content, header, rows), path)
