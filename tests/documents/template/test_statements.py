"""What was read of a template prints what Jinja makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import escape

from pipeline.documents.template.statements import Printed, jinja, pieces, statements
from tests.examples import tried

CONTEXT: dict[str, object] = {
    "文": "港 <&>",
    "空": "",
    "数": 2,
    "物": {"名": "文", "列": ["一", "二"]},
    "列": [{"名": "港 <&>", "列": []}, {"名": "", "列": ["三"]}],
    "無": [],
}
NAMES = st.sampled_from(["文", "空", "数", "物.名", "物['名']", "列", "無", "物.列"])
COMPARED = st.one_of(NAMES, st.sampled_from(["'港 <&>'", '""', "2", "'文'"]))
LISTS = st.sampled_from(["列", "無", "物.列"])


def conditions() -> st.SearchStrategy[str]:
    compared = st.builds(" ".join, st.tuples(COMPARED, st.sampled_from(["==", "!="]), COMPARED))
    chained = st.builds("{} == {} != {}".format, COMPARED, COMPARED, COMPARED)
    joined = lambda inner: st.one_of(  # noqa: E731 - as the library takes it
        st.builds("not {}".format, inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
    )
    return st.recursive(st.one_of(NAMES, compared, chained), joined, max_leaves=4)


def bodies() -> st.SearchStrategy[str]:
    plain = st.one_of(st.sampled_from(["。", "<w:p/>\n", " "]), st.builds("{{{{ {} }}}}".format, NAMES))
    tests = conditions()

    def held(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("{}{}".format, inner, inner),
            st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}".format, *[tests, inner] * 2, inner),
            st.builds("{{% for 文 in {} %}}{}{{{{ loop.index }}}}{{% if loop.last %}}終{{% endif %}}"
                      "{{% else %}}{}{{% endfor %}}".format, LISTS, inner, inner),
        )  # fmt: skip

    return st.recursive(plain, held, max_leaves=12)


def printed(source: str, context: dict[str, object]) -> str:
    found = pieces(statements(jinja().parse(source).body), context)
    return "".join(escape(one.value) if isinstance(one, Printed) else one for one in found)


@given(bodies())
@tried(100)
def test_a_template_prints_what_jinja_makes_of_it(source: str) -> None:
    assert printed(source, CONTEXT) == Environment(autoescape=True).from_string(source).render(CONTEXT)


def test_a_loop_within_a_loop_counts_for_itself() -> None:
    inner = "{% for b in a %}{{ loop.index0 }}/{{ loop.length }}{{ b }}{% endfor %}"
    source = f"{{% for a in 列 %}}{inner}{{{{ loop.index }}}}{{{{ loop.first }}}}{{% endfor %}}"
    assert printed(source, {"列": [["港", "町"], ["村"]]}) == "0/2港1/2町1True0/1村2False"


def test_a_value_goes_by_the_name_of_its_list() -> None:
    source = "{% for 取組 in 施策.取組一覧 %}{% for 行 in 取組.行 %}{{ 行.文 }}{% endfor %}{% endfor %}"
    context: dict[str, object] = {"施策": {"取組一覧": [{"行": [{"文": "港"}]}]}}
    assert pieces(statements(jinja().parse(source).body), context) == [Printed("施策.取組一覧.行.文", "港")]


def test_an_entry_is_printed_whatever_it_is_called() -> None:
    assert printed("{{ 物.items }}{{ 物.get }}", {"物": {"items": "港", "get": "町"}}) == "港町"


def test_what_is_not_there_has_no_members() -> None:
    assert printed("{% if 物.名 %}あり{% else %}なし{% endif %}", {"物": None}) == "なし"


@pytest.mark.parametrize(
    "source", ["{{ 無 }}", "{{ 物.無 }}", "{% if 物.無 %}{% endif %}", "{% for a in 無 %}{% endfor %}"]
)
def test_an_unknown_name_is_a_fault(source: str) -> None:
    with pytest.raises(KeyError):
        printed(source, {"物": {}})


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'あ' * 9 }}",
        "{{ ''.__class__ }}",
        "{{ 文() }}",
        "{{ 文|upper }}",
        "{% set a = 文 %}",
        "{% if 文 is defined %}{% endif %}",
    ],
)
def test_nothing_but_names_is_read(source: str) -> None:
    with pytest.raises(TypeError):
        printed(source, CONTEXT)
