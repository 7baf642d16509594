"""The rules that span values and files: one rule, one named function, ids as its diagnostics say.

Every check takes the ``Sources``, of which any part may be missing or unfit, and yields what breaks its rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.diagnostics import Diagnostic
from pipeline.stages.validate.checks import (
    fields,
    figures,
    form,
    identity,
    measures,
    opinions,
    parts,
    plan,
    repeats,
    report,
    scheme,
)
from pipeline.stages.validate.sources import Sources

Check = Callable[[Sources], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    report.evaluated_year_is_in_the_strategy,
    report.evaluation_follows_the_year,
    report.folder_is_named_for_the_year,
    report.texts_are_of_the_year,
    report.final_edition_has_a_date,
    report.date_is_in_the_year,
    form.fields_belong_to_something,
    form.fields_are_told_apart,
    form.ids_are_free,
    form.fields_can_be_printed,
    form.kinds_have_what_they_need,
    form.fields_follow_one_another,
    form.tenses_are_of_texts,
    parts.parts_are_listed_once,
    parts.parts_have_their_texts,
    scheme.scheme_exists,
    scheme.scheme_is_sound,
    scheme.specials_name_what_there_is,
    scheme.schemes_are_told_apart,
    scheme.judgements_are_of_the_scheme,
    identity.declarations_are_unique,
    identity.lists_name_each_thing_once,
    identity.names_are_told_apart,
    identity.initiatives_are_unique,
    identity.indicators_exist,
    identity.indicators_are_shown,
    identity.sdgs_exist,
    identity.spellings_are_unique,
    figures.strategy_years_are_in_order,
    figures.years_are_in_the_strategy,
    figures.baselines_are_of_a_year,
    figures.baseline_year_has_only_its_baseline,
    figures.targets_are_given_as_elsewhere,
    figures.figures_have_their_decimals,
    figures.states_belong_to_milestones,
    figures.words_can_be_tested,
    figures.states_are_separated,
    figures.figures_have_their_state,
    figures.actuals_are_not_of_later_years,
    figures.actuals_are_in_their_file,
    figures.entries_are_in_their_file,
    figures.actuals_are_given,
    plan.levels_are_sound,
    plan.goals_are_given,
    plan.parents_exist,
    plan.levels_are_kept,
    plan.measures_are_in_order,
    plan.measures_have_what_is_asked,
    plan.ids_are_told_apart,
    plan.parts_have_something_to_show,
    measures.measures_have_their_file,
    measures.files_have_their_measure,
    measures.files_say_their_measure,
    measures.rows_have_indicators_of_their_measure,
    opinions.opinions_are_of_nodes,
    opinions.opinions_are_told_apart,
    fields.needed_fields_are_filled_in,
    fields.keys_are_not_lost,
    measures.departments_are_known,
    measures.departments_are_told_apart,
    measures.formats_are_of_departments,
    repeats.repeated_initiatives_exist,
    repeats.repeated_activities_exist,
)
