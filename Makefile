# 市の総合戦略や総合計画の評価報告書：`make help` で使い方を表示します。
YEAR ?=
PYTHON ?= python3
PROJECT ?=
RUN = .venv/bin/python -m pipeline $(if $(PROJECT),--project "$(PROJECT)")
ENGINE ?=
STANDARD ?=
CLEAN ?=
STRICT ?=
FOR_YEAR = $(if $(YEAR),--year $(YEAR))
OPTIONS = $(FOR_YEAR) $(if $(ENGINE),--engine $(ENGINE)) $(if $(filter-out no,$(STRICT)),--strict-fonts)
CLAIMS = $(if $(STANDARD),--pdf-standard $(STANDARD))
ANEW = $(if $(filter-out no,$(CLEAN)),--clean)
DEADLINE ?=
PLAN ?=
NAME ?=
YEARS ?=
FORM ?=
AGAIN ?=
FROM ?=
PROTECT ?=
FORMAT ?=
ORDER = $(if $(DEADLINE),--deadline $(DEADLINE)) $(if $(AGAIN),--again $(AGAIN)) $(if $(filter no,$(PROTECT)),--unprotected) $(if $(FORMAT),--format $(FORMAT))

.DEFAULT_GOAL := help
.PHONY: help desk report sheets check charts schema send figures collect board review apply undo sendback remind digest opendata word web opinions issue changes newyear newcity test test-slow browser lint verify verify-word wheel bench compare scenarios clean

help: ## この一覧を表示します
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  年度を選ぶとき: make report YEAR=年度（inputs/ のフォルダーの名前。省略すると最も新しい年度）'
	@echo '  送るとき: make send DEADLINE=西暦-月-日（もう一度送る施策は AGAIN="1-2 1-3"、変更履歴を強制しないときは PROTECT=no）'
	@echo '  実績をExcelで集めるとき: make send FORMAT=excel（Wordの評価シートも一緒に送るときは FORMAT=both。課ごとの送り方は form.yaml の formats）'
	@echo '  配る版を控えるとき: make issue NAME=第1回会議、変更を一覧にするとき: make changes FROM=1（省略すると最後に控えた版、FROM=年度 とすると、その年度）'
	@echo '  新しい計画を始めるとき: make newyear PLAN=最初の年度-最後の年度'
	@echo '  別のフォルダーで使うとき: make report PROJECT=../akane（どの命令にも付けられます）'
	@echo '  前回までに作ったものを使わずに、全部を作り直すとき: make report CLEAN=yes'
	@echo '  PDFをLibreOfficeで作るとき: make report ENGINE=libreoffice'
	@echo '  BIZ UD書体のほかの書体があれば止めるとき: make check STRICT=yes（report などにも付けられます）'
	@echo '  冊子を新しい規格（PDF/UA-2とPDF/A-4）で作るとき: make report STANDARD=ua2'

desk: .venv/ready ## ブラウザーに作業画面を開きます。冊子、直す所、送付と回収、修正を決める作業が、ここでできます
	@$(RUN) desk $(FOR_YEAR)

report: .venv/ready ## 報告書一式（評価シート、グラフ、PDFの冊子、集計表）を作ります
	@$(RUN) report $(OPTIONS) $(ANEW) $(CLAIMS)

sheets: .venv/ready ## 評価シート（Word）とグラフを作ります。PDFの冊子は作りません
	@$(RUN) sheets $(OPTIONS) $(ANEW)

check: .venv/ready ## 入力データとテンプレートを点検します。何も書き出しません
	@$(RUN) check $(OPTIONS)

charts: .venv/ready ## グラフを作ります
	@$(RUN) charts $(OPTIONS) $(ANEW)

schema: .venv/ready ## 入力データの書き方の定義（JSON Schema）を inputs/schema/ に書き出します。エディタの入力補助に使われます
	@$(RUN) schema

send: .venv/ready ## 各課に送る評価シートを、課ごとのフォルダーに作ります。送付済みのシートは作り直しません
	@$(RUN) send $(FOR_YEAR) $(ORDER)

figures: .venv/ready ## 全部の指標の実績を一度に記入する表（Excel）を作ります。記入したものは、戻ったシートと同じように読み取ります
	@$(RUN) figures $(FOR_YEAR)

collect: .venv/ready ## 戻ったシートを読み、修正の一覧（proposals.html と proposals.yaml）を作ります
	@$(RUN) collect $(FOR_YEAR)

board: .venv/ready ## 送付と回収の状況を表示します。何も書き出しません
	@$(RUN) board $(FOR_YEAR)

review: .venv/ready ## まだ決めていない修正を一件ずつ表示し、採用か不採用かを尋ねます。答えは、その都度保存します
	@$(RUN) review $(FOR_YEAR)

apply: .venv/ready ## 採用した修正を、入力データに反映します
	@$(RUN) apply $(FOR_YEAR)

undo: .venv/ready ## 最後に反映した修正を取り消し、入力データを前の内容に戻します。繰り返すと、さらに前の回を取り消します
	@$(RUN) undo $(FOR_YEAR)

sendback: .venv/ready ## 不採用とした修正があったシートと記入表を作り直し、不採用の旨と理由を付けます
	@$(RUN) sendback $(FOR_YEAR) $(if $(DEADLINE),--deadline $(DEADLINE)) $(if $(filter no,$(PROTECT)),--unprotected)

remind: .venv/ready ## まだ戻っていないものを、再依頼の送付状とともに、課ごとのフォルダーに並べます
	@$(RUN) remind $(FOR_YEAR) $(if $(DEADLINE),--deadline $(DEADLINE))

digest: .venv/ready ## 概要版を、WordとPDFで作ります
	@$(RUN) digest $(FOR_YEAR)

word: .venv/ready ## 冊子の全部を、一つのWordファイルにします
	@$(RUN) word $(FOR_YEAR)

web: .venv/ready ## ウェブ版（ブラウザーで読む冊子）を作ります
	@$(RUN) web $(FOR_YEAR)

opendata: .venv/ready ## 全部の指標の目標と実績を、オープンデータの形の表（CSVとExcel）と項目の説明に書き出します
	@$(RUN) opendata $(FOR_YEAR)

opinions: .venv/ready ## 意見と対応の一覧を、WordとPDFで作ります
	@$(RUN) opinions $(FOR_YEAR)

issue: .venv/ready ## 会議などに配る版を控えます。冊子、評価シート、入力データの写しを inputs/ の年度の editions/ に残します
	@$(RUN) issue $(FOR_YEAR) $(if $(NAME),--name "$(NAME)")

changes: .venv/ready ## 控えた版からの変更を、新旧対照表（WordとPDF）にします
	@$(RUN) changes $(FOR_YEAR) $(if $(FROM),--since $(FROM))

newyear: .venv/ready ## 次の年度の入力データを、今の年度から作ります。実績は残し、毎年書き改める欄は空にします
	@$(RUN) newyear $(FOR_YEAR) $(if $(PLAN),--plan $(PLAN))

newcity: .venv/ready ## 新しい市の入力データと様式を、記入前の形で作ります。あるものには上書きしません
	@$(RUN) newcity $(if $(NAME),--name "$(NAME)") $(if $(YEARS),--years "$(YEARS)") $(if $(FORM),--form "$(FORM)") $(if $(FROM),--from "$(FROM)",$(if $(findstring command line,$(origin FROM)),--from))

test: .venv/ready-dev ## プログラムの試験を行います（時間のかかるものは、make test-slow）
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n auto --dist loadfile -m "not slow"

test-slow: .venv/ready-dev ## 時間のかかる試験を行います（全体の実行、中断、性質の試験の例を全部）
	@EXAMPLES=all PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n auto --dist loadfile -m "slow or hypothesis"

lint: .venv/ready-dev ## 書式・型・構造の検査を行います
	@.venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/mypy && .venv/bin/lint-imports && .venv/bin/python -m tests.side_effects

browser: .venv/ready-dev .browser/ready ## 作業画面を、本物のブラウザー（Chromium）で試験します
	@BROWSER=yes PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest tests/desk/browser

verify: .verify/ready-word .verify/ready-pdf ## できた文書とテンプレートがWordとPDFの規格どおりかを検証します
	@.venv/bin/python -m tests.verify.newer .verify/ua2.pdf
	@.verify/venv/bin/python -m tests.verify word pdf .verify/ua2.pdf

verify-word: .venv/ready .verify/ready-word ## Wordの規格だけを検証します
	@.venv/bin/python -m tests.verify word

wheel: .venv/ready ## 配布用のファイル（wheel）を dist/ に作り、空のフォルダーで同じ報告書ができるかを確かめます
	@.ci/wheel

bench: .venv/ready-dev ## 従来の作り方（LibreOfficeなど）と速さを比べます
	@.venv/bin/python -m tests.bench.compare

compare: .venv/ready-dev ## 同じWordファイルをLibreOfficeでもPDFにして、行ごとに比べます
	@.venv/bin/python -m tests.compare

scenarios: .venv/ready-dev ## 送ったシートと記入表をLibreOfficeで編集した試験用のファイルを作り直します
	@.venv/bin/python -m tests.departments.returned.scenarios.make
	@.venv/bin/python -m tests.departments.workbooks.scenarios.make
	@SCENARIOS=all .venv/bin/python -m pytest tests/departments/returned/test_scenarios.py

clean: ## 作業用のファイルを消します（inputs/ と outputs/ は消しません）
	@rm -rf .venv .verify .browser .cache dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready: requirements.lock
	@echo '初回の準備をしています（1〜2分かかります）…'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 以上が必要です。PYTHON=python3.12 のように指定できます。' >&2; exit 3; }
	@$(PYTHON) -m venv .venv || { echo 'Python の venv を使えません。venv を含む Python を入れてください（Debian系では python3-venv）。' >&2; exit 3; }
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || { echo '部品を取り込めませんでした。インターネットへの接続を確かめて、もう一度実行してください。' >&2; exit 3; }
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.verify/ready-word: tests/verify/package.json tests/verify/package-lock.json
	@command -v npm >/dev/null && node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' || { echo 'Node.js 20 以上と npm が必要です。Node.js の公式サイトから入れてください（npm も一緒に入ります。Debian系では apt install nodejs npm）。' >&2; exit 3; }
	@echo '検証の道具（Word用）を準備しています…'
	@mkdir -p .verify && cp $^ .verify/
	@npm ci --prefix .verify --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.browser/ready: tests/desk/package.json tests/desk/package-lock.json
	@command -v npm >/dev/null && command -v chromium >/dev/null && command -v chromedriver >/dev/null || { echo 'npm、chromium、chromedriver が必要です（Debian系では apt install npm chromium chromium-driver）。' >&2; exit 3; }
	@mkdir -p .browser && cp $^ .browser/
	@npm ci --prefix .browser --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.verify/ready-pdf: requirements-verify.lock | .venv/ready
	@echo '検証の道具（PDF用）を準備しています…'
	@.venv/bin/python -m venv .verify/venv
	@.verify/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
