"""The command line: the only package that prints or sets an exit code; a module for each group of commands."""

from __future__ import annotations

import _thread
import sys
from typing import Annotated

import typer

from bulletin.cli import check, editions, forms, preview, project, questions, review, site, verify, words
from bulletin.cli.usage import UsageError, tell_usage

app = typer.Typer(
    name="bulletin",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Boletim Estatístico sobre Proteção Social: dos quadros de dados ao PDF e ao DOCX, em duas línguas.\n\n"
    "Statistical Bulletin on Social Protection: from data tables to PDF and DOCX, in two languages.",
    epilog="0: sem problemas / fine. 1: erros nos dados / errors in the data. 2: uso ou configuração / usage or configuration. "
    "3: não se pode escrever / cannot write. 130: Ctrl+C.",
)
form = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Formulários de recolha: escrever, ler, saber quem já enviou.\n\nCollection forms: write, read, see who has sent what.",
)

app.command("init")(project.init)
app.command("check")(check.check)
app.command("build")(project.build)
app.command("preview")(preview.preview)
app.command("release")(editions.release)
app.command("compare")(editions.compare)
app.command("verify")(verify.verify)
app.command("trace")(questions.trace)
app.command("impact")(questions.impact)
app.command("translations")(words.translations)
app.add_typer(form, name="form")
form.command("write")(forms.form_write)
form.command("read")(forms.form_read)
form.command("status")(forms.form_status)
app.add_typer(review.review, name="review")
app.command("site")(site.site)
app.command("doctor")(project.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        from bulletin import __version__

        typer.echo(f"bulletin {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Versão / version.")] = False,
) -> None:
    pass


def _unraised(found: sys.UnraisableHookArgs) -> None:
    """Ctrl+C at a moment when Python can only print it is asked for anew, a moment later."""
    if found.exc_type is KeyboardInterrupt:
        _thread.interrupt_main()
    else:
        sys.__unraisablehook__(found)


def run() -> None:
    """Runs the command with output that no console encoding can break."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.unraisablehook = _unraised
    try:
        code = app(prog_name="bulletin", standalone_mode=False)
    except UsageError as error:
        code = tell_usage(error, sys.argv[1:])
    sys.exit(code)
